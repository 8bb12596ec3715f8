using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Items;

public sealed class UndoTests(Browsing browsing)
{
    [Fact]
    public async Task Whatever_one_does_on_the_list_can_be_taken_back_there()
    {
        var page = await browsing.Window();
        var person = await browsing.SignInOn(page);
        var item = await person.CreateItem("Bolt", 5);
        var amount = page.Amount("Bolt");
        var sheet = page.Locator("#sheet");
        var loads = page.CountLoads();

        await page.Row("Bolt").Press("Take one");
        await Expect(amount).ToHaveTextAsync("4");
        await page.Toasts().Press("Undo");
        await Expect(amount).ToHaveTextAsync("5");
        await Expect(page.Toasts()).ToContainTextAsync("Undone.");
        await page.Toasts().Press("Redo");
        await Expect(amount).ToHaveTextAsync("4");
        await Expect(page.Toasts()).ToContainTextAsync("Redone.");

        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await sheet.GetByLabel("How many").FillAsync("3");
        await sheet.Press("Receive");
        await Expect(page.Toasts()).ToContainTextAsync("Received 3 Bolt.");
        await page.Toasts().Press("Undo");
        await Expect(amount).ToHaveTextAsync("4");

        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await sheet.GetByLabel("Name").FillAsync("Nut");
        await sheet.GetByLabel("Amount").FillAsync("9");
        await sheet.Press("Save");
        await Expect(page.Amount("Nut")).ToHaveTextAsync("9");
        await page.Toasts().Press("Undo");
        await Expect(amount).ToHaveTextAsync("4");

        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await sheet.Press("Archive");
        await Expect(page.Row("Bolt")).ToBeHiddenAsync();
        await page.Toasts().Press("Undo");
        await Expect(page.Row("Bolt")).ToHaveCountAsync(1);
        (await person.Get($"/api/items/{item}/movements")).Json.GetArrayLength().ShouldBe(8);
        loads().ShouldBe(0);
    }

    [Fact]
    public async Task An_undo_that_comes_too_late_says_what_has_changed_since()
    {
        var page = await browsing.Window();
        var person = await browsing.SignInOn(page);
        var item = await person.CreateItem("Bolt", 5);
        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator("#sheet").GetByLabel("Name").FillAsync("Nut");
        await page.Locator("#sheet").Press("Save");
        await Expect(page.Toasts()).ToContainTextAsync("Nut was saved.");
        await person.Patch($"/api/items/{item}", new { name = "Screw" });
        await Expect(page.Row("Screw")).ToHaveCountAsync(1);

        await page.Toasts().Press("Undo");

        await Expect(page.Toasts()).ToHaveTextAsync("This cannot be undone, because it was changed again later: Name.");
        await Expect(page.Row("Screw")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_log_is_live_and_says_live_what_it_says_when_it_is_loaded()
    {
        var (page, person) = await AtActivity();
        var item = await person.CreateItem("Bolt <b>", 12);
        await Expect(Entries(page)).ToHaveCountAsync(1);
        await person.Patch(
            $"/api/items/{item}", new { name = "Nut", unit = "pcs", threshold = 4, amount = 3 }, ("If-Match", "*"));
        await person.Post($"/api/items/{item}/movements", new { delta = -1, note = "for the rover" });
        await person.Post($"/api/items/{item}/movements", new { delta = 1500 });
        await person.Post($"/api/items/{item}/movements", new { delta = -2, reason = "lost" });
        await person.Patch($"/api/items/{item}", new { description = "one\ntwo" });
        foreach (var seq in new[] { 5, 9 }) (await person.Post($"/api/entries/{seq}/undo")).Status.ShouldBe(200);
        await person.Delete($"/api/items/{item}");
        await Expect(Entries(page).First).ToContainTextAsync("archived");

        var live = await Entries(page).AllInnerTextsAsync();
        await page.ReloadAsync();
        var loaded = await Entries(page).AllInnerTextsAsync();

        live.ShouldBe(loaded);
        live.Count.ShouldBe(12);
        await Entries(page).First.GetByRole(AriaRole.Link, new() { Name = "Nut" }).ClickAsync();
        await page.Arrives($"/items/{item}");
    }

    [Fact]
    public async Task From_the_log_one_takes_back_without_leaving_it()
    {
        var (page, person) = await AtActivity();
        var item = await person.CreateItem("Bolt", 5);
        await person.Patch($"/api/items/{item}", new { name = "Nut", amount = 9 }, ("If-Match", "*"));
        await Expect(Entries(page)).ToHaveCountAsync(3);

        await Entries(page).First.Press("Undo all");

        await Expect(Entries(page)).ToHaveCountAsync(5);
        await Expect(Entries(page).Nth(2)).ToContainTextAsync("undone");
        await Expect(Entries(page).Nth(3)).ToContainTextAsync("undone");
        await Expect(Entries(page).Nth(3).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        (await person.Names("/api/items")).ShouldBe(["Bolt"]);
        await page.Toasts().Press("Redo");
        await Expect(Entries(page)).ToHaveCountAsync(7);
        (await person.Names("/api/items")).ShouldBe(["Nut"]);
        await Expect(page).ToHaveURLAsync("/activity");
    }

    [Fact]
    public async Task What_is_new_waits_behind_a_bar_where_it_would_be_in_the_way_or_has_no_name()
    {
        var (page, person) = await AtActivity();
        var item = await person.CreateItem("Old thing", 5);
        for (var n = 0; n < 60; n++) await person.CreateItem($"Thing {n}");
        await page.ReloadAsync();
        await page.Live();
        var bar = page.Locator("[data-latest]");
        await person.Post($"/api/items/{item}/movements", new { delta = -1 });
        await Expect(bar).ToHaveTextAsync("1 new");
        await bar.ClickAsync();
        await Expect(Entries(page).First).ToContainTextAsync("took 1 of Old thing");

        await page.Live();
        await page.EvaluateAsync("scrollTo(0, 1200)");
        await person.CreateItem("One more");
        await Expect(bar).ToHaveTextAsync("1 new");
        await page.GotoAsync("/activity?kind=stock_moved");
        await page.Live();
        await person.CreateItem("Not asked for");
        await person.Post($"/api/items/{item}/movements", new { delta = -1 });
        await Expect(Entries(page)).ToHaveCountAsync(2);
        await Expect(bar).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_page_of_an_item_is_kept_as_the_item_is()
    {
        var page = await browsing.Window();
        var person = await browsing.SignInOn(page);
        var item = await person.CreateItem("Bolt", 5);
        await page.GotoAsync($"/items/{item}");
        await page.GetByLabel("Unit").FillAsync("pcs");

        await person.Patch($"/api/items/{item}", new { name = "Nut", threshold = 4 });
        await person.Post($"/api/items/{item}/movements", new { delta = -2 });

        await Expect(page.Locator(".stock")).ToHaveTextAsync("3 low");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nut" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(Entries(page)).ToHaveCountAsync(4);
        await Entries(page).Nth(1).Press("Undo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await Expect(page.Locator(".stock b")).ToHaveTextAsync("5");
        await page.Press("Save");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        var saved = await person.Item(item);
        (saved.GetProperty("name").GetString(), saved.GetProperty("unit").GetString(),
            saved.GetProperty("amount").GetInt64())
            .ShouldBe(("Nut", "pcs", 5));
        await person.Delete($"/api/items/{item}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Restore" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_the_same_is_done_by_forms()
    {
        var page = await browsing.Window(scripts: false);
        var person = await browsing.SignInOn(page);
        var item = await person.CreateItem("Bolt", 5);
        await page.GotoAsync("/");
        await page.Press("Take one");
        await page.Toasts().Press("Undo");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("5");

        await page.GotoAsync($"/items/{item}");
        await page.GetByLabel("Name").FillAsync("Nut");
        await page.Press("Save");
        await page.Toasts().Press("Undo");
        await page.Arrives($"/items/{item}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bolt" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await page.GetByLabel("What").SelectOptionAsync("item_changed");
        await page.Press("Show");
        await Expect(Entries(page)).ToHaveCountAsync(2);
        await Entries(page).First.Press("Undo");
        await page.Arrives("/activity?kind=item_changed&person=&from=&to=");
        await Expect(page.Toasts()).ToContainTextAsync("Undone.");
        await Expect(Entries(page)).ToHaveCountAsync(3);
        await Expect(Entries(page).First).ToContainTextAsync("renamed Bolt to Nut");
        (await person.Names("/api/items")).ShouldBe(["Nut"]);
    }

    /// <summary>Opens the activity page. Also returns the signed-in person as an HTTP client.</summary>
    private async Task<(IPage Page, Person Person)> AtActivity()
    {
        var page = await browsing.Window();
        var person = await browsing.SignInOn(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await page.Arrives("/activity");
        await page.Live();
        return (page, person);
    }

    private static ILocator Entries(IPage page) => page.Locator("[data-log] li");
}
