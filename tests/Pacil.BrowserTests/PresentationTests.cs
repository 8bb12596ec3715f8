using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>
/// How pages look while a request is pending, how they look on paper, and what a screen reader announces.
/// </summary>
public sealed class PresentationTests(Browsing browsing)
{
    [Fact]
    public async Task A_list_that_takes_long_shows_bars_in_the_shape_of_its_rows()
    {
        var (page, _) = await AtList();
        var late = new TaskCompletionSource();
        await page.RouteAsync("**/?sort=amount", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        var name = page.GetByRole(AriaRole.Link, new() { Name = "Bolt" });
        var ink = await name.EvaluateAsync<string>("(element) => getComputedStyle(element).color");

        await page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).ClickAsync();

        await Expect(page.Locator("#list")).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(name).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await Expect(name).Not.ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        late.SetResult();
        await Expect(name).ToHaveCSSAsync("color", ink);
    }

    [Theory, InlineData(390, "16px"), InlineData(720, "16px"), InlineData(1280, "15px")]
    public async Task Fields_on_a_phone_have_letters_at_which_safari_does_not_zoom_in(int width, string size)
    {
        var page = await browsing.SignedIn(width: width);
        foreach (var address in new[]
                 {
                     "/", "/chat", "/activity", "/settings", "/create-item", "/members", "/settings/erase"
                 })
        {
            await page.GotoAsync(address);
            var sizes = await page.Locator("input:not([type=checkbox], [type=hidden]), select, textarea")
                .EvaluateAllAsync<string[]>("(all) => all.map((one) => getComputedStyle(one).fontSize)");
            sizes.Length.ShouldBeGreaterThan(1, address);
            sizes.Distinct().ShouldBe([size], address);
        }
    }

    [Fact]
    public async Task On_paper_is_the_list_in_dark_ink_and_nothing_to_press()
    {
        var (page, _) = await AtList(ColorScheme.Dark);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Bolt" })).ToBeVisibleAsync();
        await Expect(page.Row("Bolt").Locator("[data-amount]")).ToBeVisibleAsync();
        foreach (var away in new[] { ".side", ".search", ".chips", ".bulk", "#list button", ".floats" })
            await Expect(page.Locator(away).First).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Bolt" })).ToHaveCSSAsync("color", "rgb(31, 35, 40)");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
    }

    [Fact]
    public async Task A_screen_reader_hears_what_the_list_says_and_what_happens_in_it()
    {
        var (page, ana) = await AtList();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "My items" })).ToMatchAriaSnapshotAsync(
            """
            - table "My items":
              - caption: My items
              - rowgroup:
                - row /Select/:
                  - columnheader "Select all shown items Select, star":
                    - checkbox "Select all shown items"
                  - columnheader "Name":
                    - link "Name"
                  - columnheader "Changed":
                    - link "Changed"
                  - columnheader "Amount":
                    - link "Amount"
                  - columnheader "Take or receive"
              - rowgroup:
                - row /Bolt/:
                  - cell "Select Star":
                    - checkbox "Select"
                    - button "Star"
                  - rowheader "Bolt":
                    - link "Bolt"
                  - cell /now/
                  - cell "low 5 pcs"
                  - cell:
                    - button "Take one"
                    - button "Receive one"
            """);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("zzz");
        await Expect(page.Locator("#status[role=status]")).ToHaveTextAsync("Items shown: 0.");
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Items shown: 1.");
        await page.Row("Bolt").GetByRole(AriaRole.Button, new() { Name = "Take one" }).ClickAsync();
        await Expect(page.Locator("#toasts[role=status][aria-live=polite]")).ToContainTextAsync("Took 1 Bolt");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "live" })).ToBeVisibleAsync();
        await page.Row("Bolt").GetByLabel("Select").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 selected" })).ToBeVisibleAsync();
        await ana.CreateItem("Nut", 1);
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("2 items · 5 pieces · 1 low");
    }

    /// <summary>A zoom of 200 % in a window of 1280 × 800 pixels leaves a viewport of 640 × 400 CSS pixels.</summary>
    [Fact]
    public async Task At_twice_the_size_everything_is_there_and_nothing_is_cut_off()
    {
        var page = await browsing.Window(width: 640, height: 400);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Étagère, a long name that does not fit into one line", 5);
        foreach (var path in new[]
                 {
                     "/", $"/items/{bolt}", $"/items/{bolt}?tab=chat", "/activity", "/chat", "/members", "/settings",
                     "/notifications", "/workspaces"
                 })
        {
            await page.GotoAsync(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"))
                .ShouldBeLessThanOrEqualTo(0, path);
        }
        await page.GotoAsync("/");
        await page.Row("Étagère").GetByRole(AriaRole.Button, new() { Name = "Take one" }).ClickAsync();
        await Expect(page.Locator("#toasts")).ToContainTextAsync("Took 1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Étagère" }).ClickAsync();
        await page.Locator("#sheet").GetByLabel("Description").FillAsync("Oak");
        await page.Locator("#sheet").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Row("Étagère")).ToContainTextAsync("Oak");
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.Arrives("/settings");
    }

    private async Task<(IPage, Person)> AtList(ColorScheme colors = ColorScheme.Light)
    {
        var page = await browsing.Window(colors: colors);
        var ana = await browsing.SignInOn(page);
        (await ana.Post("/api/items", new { name = "Bolt", amount = 5, unit = "pcs", threshold = 9 }))
            .Status.ShouldBe(201);
        await page.GotoAsync("/");
        await Expect(page.Locator("[data-live]")).ToHaveTextAsync("live");
        return (page, ana);
    }
}
