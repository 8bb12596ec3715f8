using Microsoft.AspNetCore.Http;
using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests.Outbox;

public sealed class OutboxTests(Browsing browsing)
{
    [Fact]
    public async Task What_is_shown_is_kept_already_so_that_one_may_leave()
    {
        var (page, _) = await browsing.AtList("Bolt");
        await page.EvaluateAsync(
            """
            window.order = [];
            const begin = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...how) {
              const begun = begin.apply(this, how);
              if (how[1] === "readwrite") begun.addEventListener("complete", () => order.push("kept"));
              return begun;
            };
            new MutationObserver(() => order.push("shown"))
              .observe(document.querySelector("#list [data-amount]"), { childList: true });
            """);
        await page.Row("Bolt").Press("Take one");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("9");
        (await page.EvaluateAsync<string[]>("order"))[0].ShouldBe("kept");
    }

    [Fact]
    public async Task Ten_changes_without_a_network_survive_a_reload_and_are_all_there_once_and_in_order()
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        var nut = await ana.CreateItem("Nut", 2);
        await page.Keeps("/");
        var other = await browsing.Window();
        await browsing.SignInOn(other, ana);

        network.Fate = _ => Fault.Lost;
        await page.Add("Drill", "1");
        for (var n = 0; n < 3; n++) await page.Row("Drill").Press("Receive one");
        for (var n = 0; n < 2; n++) await page.Row("Bolt").Press("Take one");
        await Edit(page, "Drill", "Unit", "pcs");
        await Edit(page, "Bolt", "Name", "Bolt M6");
        await Edit(page, "Bolt M6", "Amount", "7");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nut" }).ClickAsync();
        await page.Locator("#sheet").Press("Archive");
        await Expect(page.Locator("[data-outbox]")).ToHaveTextAsync("10 waiting to be sent");
        // Closing the sheet navigates back. If the test loaded a page before that navigation ends, the load would be
        // cancelled.
        await page.Arrives("/");

        // The browser has not cached the item's history, so the service worker redirects to the cached list. The list
        // then shows the pending changes of the outbox.
        await page.Clock.InstallAsync();
        await page.GotoAsync($"/items/{bolt}?tab=history");
        await Expect(page.Amount("Drill")).ToHaveTextAsync("4");
        await Expect(page.Amount("Bolt M6")).ToHaveTextAsync("7");
        await Expect(page.Row("Nut")).ToBeHiddenAsync();
        await page.Locator("[data-outbox]").ClickAsync();
        await Expect(page.Locator("#outbox li b")).ToHaveTextAsync(
        [
            "Add Drill", "Add 1 to Drill", "Add 1 to Drill", "Add 1 to Drill", "Take 1 of Bolt", "Take 1 of Bolt",
            "Change Drill: Unit", "Change Bolt: Name", "Change Bolt M6: Amount", "Archive Nut",
        ]);
        (await ana.Entries(bolt)).ShouldBe(["item_created"]);

        await SendByTheButtonAlone(page, ana, network);
        await Expect(other.Amount("Drill")).ToHaveTextAsync("4");
        await Expect(other.Amount("Bolt M6")).ToHaveTextAsync("7");
        await Expect(other.Row("Nut")).ToHaveCountAsync(0);
        await page.Clock.ResumeAsync();
        await Expect(page.Locator("[data-outbox]")).ToBeHiddenAsync();
        (await ana.Entries(bolt)).ShouldBe(
            ["item_created", "stock_moved", "stock_moved", "item_changed", "stock_moved"]);
        (await ana.Entries(nut)).ShouldBe(["item_created", "item_archived"]);
        var drill = (await ana.Get("/api/items?search=drill")).Json[0];
        (drill.Integer("amount"), drill.String("unit")).ShouldBe((4, "pcs"));
        (await ana.Entries(drill.Integer("id"))).ShouldBe(
            ["item_created", "stock_moved", "stock_moved", "stock_moved", "item_changed"]);
    }

    [Fact]
    public async Task What_two_people_want_differently_is_a_choice_and_nothing_is_lost_meanwhile()
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        var nut = await ana.CreateItem("Nut", 1);
        await page.Keeps("/");
        network.Fate = _ => Fault.Lost;
        await Edit(page, "Bolt", "Name", "Bolt, mine");
        await page.Row("Nut").Press("Take one");
        await Expect(page.Amount("Nut")).ToHaveTextAsync("0");
        await ana.Patch($"/api/items/{bolt}", new { name = "Bolt, theirs" });
        await ana.Post($"/api/items/{nut}/movements", new { delta = -1 });

        network.Fate = _ => Fault.None;
        await page.ReloadAsync();
        await Expect(page.Locator("[data-outbox]")).ToHaveTextAsync("2 could not be saved");
        await Expect(page.Row("Bolt, theirs")).ToBeVisibleAsync();
        await page.Locator("[data-outbox]").ClickAsync();
        var conflict = page.Locator("#outbox li").Filter(new() { HasText = "Change Bolt" });
        await Expect(conflict).ToContainTextAsync("Name: yours is “Bolt, mine”, theirs is “Bolt, theirs”.");
        await conflict.Press("Use mine");
        await Expect(page.Row("Bolt, mine")).ToBeVisibleAsync();
        var missing = page.Locator("#outbox li").Filter(new() { HasText = "Take 1 of Nut" });
        await Expect(missing).ToContainTextAsync("Only 0 in stock.");
        await missing.Press("Discard");
        await Expect(page.Locator("[data-outbox]")).ToBeHiddenAsync();
        (await ana.Item(bolt)).String("name").ShouldBe("Bolt, mine");
        (await ana.Item(nut)).Integer("amount").ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_is_sent_by_nobody_but_its_owner_and_forgotten_at_sign_out_after_a_warning()
    {
        await using var network = await Network.To(browsing.Address);
        var (page, elsewhere) =
            (await browsing.Window(address: network.Address), await browsing.Window(address: network.Address));
        var (ana, budi) = (await browsing.SignInOn(page), await browsing.SignInOn(elsewhere));
        await ana.Admit(budi, Role.Editor);
        var bolt = await ana.CreateItem("Bolt", 5);
        await page.LoadsLive();
        network.Fate = request => IsMovement(request) ? Fault.Lost : Fault.None;
        await page.Row("Bolt").Press("Receive one");
        await Expect(page.Locator("[data-outbox]")).ToHaveTextAsync("1 waiting to be sent");

        // A second person signs in on the same device while the first person's page is open. The second person is also
        // allowed to change the item.
        var hers = await page.Context.CookiesAsync();
        await page.Takes(await elsewhere.Context.CookiesAsync());
        await page.Pauses(ana);
        var (asked, sent) = (0, 0);
        network.Fate = request =>
        {
            if (request.Path == "/api/me") Interlocked.Increment(ref asked);
            if (IsMovement(request)) Interlocked.Increment(ref sent);
            return Fault.None;
        };
        await Waiting.Until(() => Hurry(page, () => asked > 1 || sent > 0), "it is asked again who is signed in");
        sent.ShouldBe(0);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-account", $"{ana.Id}");
        (await ana.Item(bolt)).Integer("amount").ShouldBe(5);
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync($"/w/{ana.Workspace}/");
        await Expect(second.Amount("Bolt")).ToHaveTextAsync("5");
        (await second.Unsent(budi)).ShouldBe(0);
        await second.CloseAsync();

        await page.Takes(hers);
        network.Fate = request => IsMovement(request) ? Fault.Lost : Fault.None;
        await page.GotoAsync("/logout");
        await Expect(page.GetByText("Changes waiting to be sent: 1.")).ToBeVisibleAsync();
        await Waiting.Until(
            async () => (await Kept(page)).Any(name => name.StartsWith($"pacil-{ana.Id}-")), "pages are kept");
        await page.Press("Sign out");
        await page.Arrives("/login");
        (await Kept(page)).ShouldBeEmpty();
        (await page.Unsent(ana)).ShouldBe(0);
        network.Fate = _ => Fault.None;
        await browsing.SignInOn(page, ana);
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("5");
    }

    /// <summary>
    /// Stops the page's clock, so that no timer starts a retry, and cuts the feed. Then presses the send button.
    /// </summary>
    private static async Task SendByTheButtonAlone(IPage page, Person person, Network network)
    {
        await page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        await page.Pauses(person);
        network.Fate = request => request.Path.StartsWithSegments("/api/feed") ? Fault.Lost : Fault.None;
        await page.Locator("#outbox [data-send]").ClickAsync();
    }

    private static bool IsMovement(HttpRequest request) =>
        request.Path.Value!.EndsWith("/movements", StringComparison.Ordinal);

    /// <summary>Triggers an immediate retry and returns whether the condition holds.</summary>
    private static async Task<bool> Hurry(IPage page, Func<bool> isOver)
    {
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
        return isOver();
    }

    /// <summary>The names of the browser caches that hold pages for offline use.</summary>
    private static Task<string[]> Kept(IPage page) => page.EvaluateAsync<string[]>("caches.keys()");

    private static async Task Edit(IPage page, string name, string label, string value)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await page.Locator("#sheet").GetByLabel(label).FillAsync(value);
        await page.Locator("#sheet").Press("Save");
        await Expect(page.Locator("#sheet")).ToBeHiddenAsync();
    }
}
