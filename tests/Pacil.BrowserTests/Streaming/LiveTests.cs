using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Streaming;

[Collection<SerialTests>]
public sealed class LiveTests(Browsing browsing)
{
    private static readonly LocatorAssertionsToHaveTextOptions WithinASecond = new() { Timeout = 1000 };

    [Fact]
    public async Task What_one_does_the_other_sees_within_a_second()
    {
        var (mine, theirs) = await TwoWindows();
        var added = await theirs.CreateItem("Bolt", 5);
        await Expect(mine.Amount("Bolt")).ToHaveTextAsync("5", WithinASecond);
        await Expect(mine.Locator("[data-counts]")).ToHaveTextAsync("1 items · 5 pieces · 0 low", WithinASecond);

        await theirs.Post($"/api/items/{added}/movements", new { delta = -2 });
        await Expect(mine.Amount("Bolt")).ToHaveTextAsync("3", WithinASecond);
        await theirs.Patch($"/api/items/{added}", new { name = "Nut", threshold = 4 });
        await Expect(mine.Row("Nut")).ToHaveClassAsync("changed-now low", new() { Timeout = 1000 });
        await Expect(mine.Locator("[data-counts]")).ToHaveTextAsync("1 items · 3 pieces · 1 low", WithinASecond);
        await theirs.Delete($"/api/items/{added}");
        await Expect(mine.Row("Nut")).ToBeHiddenAsync(new() { Timeout = 1000 });
    }

    /// <summary>The page would freeze if it computed the layout of the list for each of thousands of entries.</summary>
    [Fact]
    public async Task Thousands_of_changes_do_not_freeze_the_page()
    {
        var page = await browsing.Window();
        var person = await browsing.SignInOn(page);
        for (var n = 0; n < 10; n++)
            (await person.Post("/api/batch", new
            {
                atomic = true,
                requests = Enumerable.Range(0, 100).Select(one => new
                {
                    method = "POST",
                    path = "/api/items",
                    body = new { name = $"Thing {n * 100 + one}", amount = 10 },
                }),
            })).Status.ShouldBe(200);
        await page.GotoAsync("/");
        await page.Live();
        await page.EvaluateAsync(
            """
            window.longest = 0;
            let last = performance.now();
            const draw = () => {
              const now = performance.now();
              longest = Math.max(longest, now - last);
              last = now;
              requestAnimationFrame(draw);
            };
            draw();
            """);

        await All(false, new { archived = true });
        await Expect(page.Locator("[data-counts]"))
            .ToHaveTextAsync("0 items · 0 pieces · 0 low", new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-more]")).ToHaveCountAsync(0);
        await All(true, new { archived = false });
        await All(false, new { delta = 1 });
        await Expect(page.Locator("[data-counts]"))
            .ToHaveTextAsync("1,000 items · 11,000 pieces · 0 low", new() { Timeout = 60_000 });
        var longest = await page.EvaluateAsync<double>("longest");
        TestContext.Current.TestOutputHelper!.WriteLine($"longest pause: {longest:0} ms");
        // The page inserts 200 of the new rows and only counts the others.
        await Expect(page.Rows()).ToHaveCountAsync(200);
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("800 new");
        longest.ShouldBeLessThan(1_000);

        async Task All(bool archived, object change) =>
            (await person.Post("/api/items/bulk", new { filter = new { archived }, change })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_would_jump_in_above_waits_behind_a_bar()
    {
        var (mine, theirs) = await TwoWindows();
        for (var n = 0; n < 40; n++) await theirs.CreateItem($"Thing {n:00}");
        await Expect(mine.Rows()).ToHaveCountAsync(40);
        await mine.EvaluateAsync("scrollTo(0, 1200)");
        var seen = await Top();

        await theirs.CreateItem("A first one");
        await Expect(mine.Locator("[data-news]")).ToHaveTextAsync("1 new");
        (await Top()).ShouldBe(seen, 1);
        await mine.Locator("[data-news]").ClickAsync();
        await Expect(mine.Row("A first one")).ToHaveCountAsync(1);

        Task<double> Top() => mine.Row("Thing 30").EvaluateAsync<double>("row => row.getBoundingClientRect().top");
    }

    [Fact]
    public async Task Every_tab_sees_every_change_and_a_new_leader_takes_over()
    {
        var (first, theirs) = await TwoWindows();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/");
        await second.Live();
        await theirs.CreateItem("One");
        await Expect(first.Row("One")).ToHaveCountAsync(1);
        await Expect(second.Row("One")).ToHaveCountAsync(1);

        await first.CloseAsync();
        await theirs.CreateItem("Two");
        await Expect(second.Row("Two")).ToHaveCountAsync(1);
        await theirs.CreateItem("Three");
        await Expect(second.Row("Three")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("WebSocket")]
    [InlineData("WebSocket, EventSource")]
    public async Task Where_a_transport_does_not_work_the_next_one_does(string broken)
    {
        var page = await browsing.Window();
        await page.Lacks(broken.Split(", "));
        var person = await browsing.SignInOn(page);
        await page.Live();
        await person.CreateItem("Bolt");
        await Expect(page.Row("Bolt")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_was_away_catches_up_and_says_so()
    {
        var (mine, theirs) = await TwoWindows();
        var item = await theirs.CreateItem("Bolt", 50);
        await Expect(mine.Row("Bolt")).ToHaveCountAsync(1);
        // Chromium's offline switch does not close open sockets, so the test closes them.
        await mine.Context.SetOfflineAsync(true);
        await mine.EvaluateAsync("sockets.forEach(socket => socket.close())");
        await Expect(mine.Locator("[data-live]")).ToContainTextAsync("offline");
        for (var n = 0; n < 10; n++) await theirs.Post($"/api/items/{item}/movements", new { delta = -1 });
        await theirs.CreateItem("Nut");

        await mine.Context.SetOfflineAsync(false);
        await mine.Live();
        await Expect(mine.Amount("Bolt")).ToHaveTextAsync("40");
        await Expect(mine.Row("Nut")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Two_who_edit_one_item_lose_nothing_and_choose_only_where_they_must()
    {
        var (mine, theirs) = await TwoWindows();
        var item = await theirs.CreateItem("Bolt", 5);
        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        var sheet = mine.Locator("#sheet");
        await sheet.GetByLabel("Name").FillAsync("My bolt");

        await theirs.Patch($"/api/items/{item}", new { name = "Their bolt", description = "Theirs" });
        await Expect(sheet.GetByLabel("Description")).ToHaveValueAsync("Theirs");
        await Expect(sheet.GetByLabel("Name")).ToHaveValueAsync("My bolt");
        await Expect(sheet.GetByText("changed this to “Their bolt” in the meantime.")).ToBeVisibleAsync();
        await sheet.Press("Use theirs");
        await sheet.GetByLabel("Unit").FillAsync("pcs");
        await sheet.Press("Save");
        await Expect(sheet).ToBeHiddenAsync();

        var saved = await theirs.Item(item);
        (saved.GetProperty("name").GetString(), saved.GetProperty("description").GetString(),
            saved.GetProperty("unit").GetString())
            .ShouldBe(("Their bolt", "Theirs", "pcs"));
    }

    [Fact]
    public async Task A_save_refused_for_a_version_is_repeated_unless_both_touched_the_field()
    {
        var (mine, theirs) = await TwoWindows();
        var item = await theirs.CreateItem("Bolt", 5);
        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        var sheet = mine.Locator("#sheet");
        // The form receives nothing from the feed, so the conflict is found only when the server refuses the change.
        await mine.EvaluateAsync(
            "document.addEventListener('feed:entry', event => event.stopImmediatePropagation(), true)");
        await sheet.GetByLabel("Unit").FillAsync("pcs");
        await theirs.Patch($"/api/items/{item}", new { description = "Theirs" });
        await sheet.Press("Save");
        await Expect(sheet).ToBeHiddenAsync();
        var saved = await theirs.Item(item);
        (saved.GetProperty("description").GetString(), saved.GetProperty("unit").GetString())
            .ShouldBe(("Theirs", "pcs"));

        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await sheet.GetByLabel("Unit").FillAsync("g");
        await theirs.Patch($"/api/items/{item}", new { unit = "kg" });
        await sheet.Press("Save");
        // The click on the button moved the focus out of the field, so the page validated the field. This validation
        // must not remove the server's message.
        await mine.EvaluateAsync("new Promise(later => setTimeout(later, 500))");
        await Expect(sheet.GetByText("Someone changed this to “kg” in the meantime.")).ToBeVisibleAsync();
        // Neither more typing nor a second press of the button resolves the conflict.
        await sheet.GetByLabel("Unit").PressSequentiallyAsync("r");
        await sheet.Press("Save");
        await Expect(sheet.GetByText("Choose which value to keep, then save again.")).ToBeVisibleAsync();
        await Expect(sheet.GetByLabel("Unit")).ToBeFocusedAsync();
        (await theirs.Item(item)).GetProperty("unit").GetString().ShouldBe("kg");
        await sheet.Press("Keep mine");
        await sheet.Press("Save");
        await Expect(sheet).ToBeHiddenAsync();
        (await theirs.Item(item)).GetProperty("unit").GetString().ShouldBe("gr");
    }

    [Fact]
    public async Task What_is_typed_over_is_asked_before_it_is_saved_and_an_open_dialog_is_kept_true()
    {
        var (mine, theirs) = await TwoWindows();
        var item = await theirs.CreateItem("Bolt", 5);
        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        var sheet = mine.Locator("#sheet");
        await sheet.GetByLabel("Description").FillAsync("Mine");
        await theirs.Patch($"/api/items/{item}", new { description = "Theirs", name = "Nut" });
        await Expect(sheet.GetByText("changed this to “Theirs” in the meantime.")).ToBeVisibleAsync();
        await Expect(sheet.GetByRole(AriaRole.Heading, new() { Name = "Nut" })).ToBeVisibleAsync();

        await sheet.GetByLabel("Description").PressSequentiallyAsync("!");
        await Expect(sheet.GetByText("changed this to “Theirs” in the meantime.")).ToBeVisibleAsync();
        await sheet.Press("Save");
        await Expect(sheet.GetByText("Choose which value to keep, then save again.")).ToBeVisibleAsync();
        (await theirs.Item(item)).GetProperty("description").GetString().ShouldBe("Theirs");
        await theirs.Delete($"/api/items/{item}");
        await Expect(sheet.GetByText("archived this in the meantime.")).ToBeVisibleAsync();
        await theirs.Post($"/api/items/{item}/restore");

        await sheet.Press("Keep mine");
        await sheet.Press("Save");
        await Expect(sheet).ToBeHiddenAsync();
        var saved = await theirs.Item(item);
        (saved.GetProperty("name").GetString(), saved.GetProperty("description").GetString())
            .ShouldBe(("Nut", "Mine!"));
        await Expect(mine.Toasts().GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_in_the_dialog_survives_a_slip_of_the_pointer_and_Escape()
    {
        var (mine, theirs) = await TwoWindows();
        var item = await theirs.CreateItem("Bolt", 5);
        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        var sheet = mine.Locator("#sheet");
        var field = sheet.GetByLabel("Description");
        await field.FillAsync("A long story");
        var box = (await field.BoundingBoxAsync())!;
        await mine.Mouse.MoveAsync(box.X + 20, box.Y + 20);
        await mine.Mouse.DownAsync();
        await mine.Mouse.MoveAsync(5, box.Y + 20);
        await mine.Mouse.UpAsync();
        await Expect(sheet).ToBeVisibleAsync();

        await mine.Keyboard.PressAsync("Escape");
        await mine.Arrives("/");
        await theirs.Patch($"/api/items/{item}", new { description = "Shorter" });
        await mine.ReloadAsync();
        await mine.TakesIn();
        await mine.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(field).ToHaveValueAsync("A long story");
        await Expect(sheet.GetByText("Someone changed this to “Shorter” in the meantime.")).ToBeVisibleAsync();
        await sheet.Press("Discard it");
        await Expect(field).ToHaveValueAsync("Shorter");
    }

    /// <summary>Opens a page. Also returns the signed-in person as an HTTP client.</summary>
    private async Task<(IPage Mine, Person Theirs)> TwoWindows()
    {
        var page = await browsing.Window();
        await page.AddInitScriptAsync(
            "window.sockets = []; window.WebSocket = class extends WebSocket "
                + "{ constructor(url) { super(url); sockets.push(this); } }");
        var person = await browsing.SignInOn(page);
        await page.Live();
        return (page, person);
    }
}
