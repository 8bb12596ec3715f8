using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Streaming;

/// <summary>
/// The tabs of an item (details, discussion, history) have their own addresses and show live updates while they are
/// open.
/// </summary>
public sealed class TabTests(Browsing browsing)
{
    [Fact]
    public async Task In_the_dialog_tabs_have_addresses_stay_as_one_left_them_and_live()
    {
        var (page, ana) = await browsing.AtList("Nut", "Bolt");
        var loads = page.CountLoads();
        var sheet = page.Locator("#sheet");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await sheet.GetByLabel("Description").FillAsync("Half a sen");

        await Tab(sheet, "History").ClickAsync();
        await Expect(page).ToHaveURLAsync($"/items/{ana.Known}?tab=history");
        await Expect(Tab(sheet, "History")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(sheet.Locator(".log li")).ToHaveCountAsync(1);
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = -2 });
        await Expect(sheet.Locator(".log li").First).ToContainTextAsync("took 2");
        await Tab(sheet, "Discussion").ClickAsync();
        await ana.Post($"/api/rooms/item:{ana.Known}/messages", new { text = "Who has them?" });
        await Expect(sheet.Locator(".said [data-text]")).ToHaveTextAsync("Who has them?");
        await sheet.Locator("[data-say] textarea").FillAsync("Budi has");
        await sheet.Locator("[data-say] textarea").PressAsync("Enter");
        await Expect(sheet.Locator(".said [data-text]")).ToHaveTextAsync(["Who has them?", "Budi has"]);
        await Tab(sheet, "Details").ClickAsync();
        await Expect(page).ToHaveURLAsync($"/items/{ana.Known}");
        await Expect(sheet.GetByLabel("Description")).ToHaveValueAsync("Half a sen");
        await Expect(sheet.GetByLabel("Amount")).ToHaveValueAsync("8");

        await Tab(sheet, "Discussion").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync("/");
        await page.GoForwardAsync();
        await Expect(sheet.GetByText("Budi has")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nut" }).ClickAsync();
        await Expect(Tab(sheet, "Details")).ToHaveAttributeAsync("aria-current", "page");
        await Tab(sheet, "Discussion").ClickAsync();
        await Expect(sheet.GetByText("No messages yet.")).ToBeVisibleAsync();
        loads().ShouldBe(0);
    }

    [Fact]
    public async Task On_the_items_own_page_a_tab_changes_without_a_reload_and_is_as_live_as_if_loaded()
    {
        var (page, ana) = await browsing.AtList("Nut", "Bolt");
        await page.GotoAsync($"/items/{ana.Known}?tab=history");
        await page.Live();
        var loads = page.CountLoads();

        await ana.Patch($"/api/items/{ana.Known}", new { name = "Bolt M6" });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bolt M6" })).ToBeVisibleAsync();
        await Tab(page, "Details").ClickAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Bolt M6");
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 4 });
        await Expect(page.Locator(".stock [data-amount]")).ToHaveTextAsync("14");
        await page.GetByLabel("Description").FillAsync("Stainless");
        await Expect(page.Locator("[data-drafted]:visible")).ToHaveTextAsync("Draft saved");
        await Tab(page, "History").ClickAsync();
        await Expect(page.Locator(".log li")).ToHaveCountAsync(3);
        loads().ShouldBe(0);
        await page.ReloadAsync();
        await Expect(page.Locator(".log li")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task What_happens_while_a_tab_is_being_fetched_is_in_it()
    {
        var (page, ana) = await browsing.AtList("Nut", "Bolt");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        var (read, late) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/*tab=history", async route =>
        {
            var response = await route.FetchAsync();
            read.SetResult();
            await late.Task;
            await route.FulfillAsync(new() { Response = response });
        });

        await Tab(page.Locator("#sheet"), "History").ClickAsync();
        await read.Task.Soon();
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 1 });
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("11");
        await Expect(page.Locator("#sheet [data-panel][aria-busy=true]")).ToHaveCSSAsync("opacity", "1");
        late.SetResult();

        await Expect(page.Locator("#sheet .log li")).ToHaveCountAsync(2);
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_tab_that_cannot_be_fetched_says_so_and_one_stays_where_one_was()
    {
        var (page, ana) = await browsing.AtList("Nut", "Bolt");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await page.RouteAsync("**/*tab=history", route => route.FulfillAsync(new() { Status = 500, Body = "no" }));

        await Tab(page.Locator("#sheet"), "History").ClickAsync();

        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(Tab(page.Locator("#sheet"), "Details")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.Locator("#sheet").GetByLabel("Name")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync($"/items/{ana.Known}");
    }

    [Fact]
    public async Task Without_scripts_tabs_are_links_and_what_one_says_leads_back_to_its_tab()
    {
        var page = await browsing.Window(scripts: false);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        await page.GotoAsync($"/items/{bolt}");
        await Tab(page, "Discussion").ClickAsync();
        await page.Locator("[data-say] textarea").FillAsync("Rusty");
        await page.Press("Send");
        await page.Arrives($"/items/{bolt}?tab=chat");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.Locator(".said textarea").FillAsync("Not rusty");
        await page.Locator(".said").Press("Save");
        await Expect(page.Locator(".said [data-text]")).ToHaveTextAsync("Not rusty");
        await Tab(page, "History").ClickAsync();
        await Expect(page.Locator(".log li")).ToHaveCountAsync(1);
    }

    private static ILocator Tab(IPage page, string name) => Tab(page.Locator("main"), name);

    private static ILocator Tab(ILocator place, string name) =>
        place.Locator(".tabs").GetByRole(AriaRole.Link, new() { Name = name });
}
