using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

[Collection<SerialTests>]
public sealed class NotificationTests(Browsing browsing)
{
    private static readonly LocatorAssertionsToHaveTextOptions WithinTwoSeconds = new() { Timeout = 2000 };

    [Fact]
    public async Task Low_stock_caused_by_one_is_at_the_others_bell_within_two_seconds()
    {
        var (page, ana, bolt) = await Together();
        await Expect(Badge(page)).ToBeHiddenAsync();
        var loads = page.CountLoads();

        await Move(ana, bolt, -4);
        await Expect(Unread(page)).ToHaveTextAsync("1", WithinTwoSeconds);
        await Expect(page.Locator("#status")).ToHaveTextAsync("Unread notifications: 1.");
        await Move(ana, bolt, 4);
        await Expect(Unread(page)).ToHaveTextAsync("2", WithinTwoSeconds);
        loads().ShouldBe(0);
    }

    /// <summary>
    /// The server may render a page from session data that is up to one second old. The page's feed must then start
    /// with the first entry that is newer than that data. Otherwise, a notification would be missed.
    /// </summary>
    [Fact]
    public async Task What_comes_while_a_page_is_loaded_is_not_missed()
    {
        var (page, ana, bolt) = await Together();
        for (var n = 1; n <= 4; n++)
        {
            await page.GotoAsync("/settings");
            await Move(ana, bolt, n % 2 == 0 ? 4 : -4);
            await page.GotoAsync("/");
            await Expect(Unread(page)).ToHaveTextAsync($"{n}");
        }
    }

    [Fact]
    public async Task A_mention_that_is_taken_back_goes_from_the_open_list_and_from_the_bell()
    {
        var page = await browsing.Window();
        var (ana, budi) = (await browsing.NewPerson(), await browsing.SignInOn(page));
        await ana.Admit(budi);
        await page.GotoAsync("/notifications");
        await page.Live();
        var said = (await ana.Post("/api/rooms/lobby/messages", new { text = $"@{budi.Name} the code is 4711" }))
            .Json.GetProperty("id").GetInt64();
        await Expect(Rows(page)).ToContainTextAsync(["4711"]);
        await ana.Patch($"/api/rooms/lobby/messages/{said}", new { text = "Never mind" });
        await Expect(Rows(page)).ToHaveCountAsync(0);
        await Expect(Badge(page)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_list_grows_by_itself_and_every_tab_knows_what_is_read()
    {
        var (page, ana, bolt) = await Together();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await page.GotoAsync("/notifications");
        await Expect(page.GetByText("No notifications yet.")).ToBeVisibleAsync();
        await page.Live();
        await Move(ana, bolt, -4);
        await Expect(Rows(page)).ToHaveTextAsync([$"{ana.Name}: Bolt is low: 4 left. now Mark as read"]);
        await Expect(page.GetByText("No notifications yet.")).ToBeHiddenAsync();
        await Move(ana, bolt, 4);
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Rows(page).First).ToContainTextAsync("Bolt is no longer low: 8 now.");
        await Expect(Unread(other)).ToHaveTextAsync("2");

        await Rows(page).First.Press("Mark as read");
        await Expect(Rows(page).First).Not.ToHaveClassAsync("unread");
        await Expect(Rows(page).First.GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await Expect(Unread(page)).ToHaveTextAsync("1");
        await Expect(Unread(other)).ToHaveTextAsync("1");
        await page.Press("Mark all as read");
        await Expect(page.Locator(".notifications .unread")).ToHaveCountAsync(0);
        await Expect(Badge(page)).ToBeHiddenAsync();
        await Expect(Badge(other)).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(page.Locator(".notifications .unread")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_leads_to_what_it_is_about_and_is_read_then()
    {
        var (page, ana, bolt) = await Together();
        await page.GotoAsync("/notifications");
        await page.Live();
        await Move(ana, bolt, -4);

        await Rows(page).First.GetByRole(AriaRole.Link).ClickAsync();
        await page.Arrives($"/w/{ana.Workspace}/items/{bolt}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bolt" })).ToBeVisibleAsync();
        await Expect(Badge(page)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_scripts_there_are_links_and_forms()
    {
        var page = await browsing.Window(scripts: false);
        var budi = await browsing.SignInOn(page);
        foreach (var name in new[] { "Bolt", "Nut" }) await Move(budi, await Threshold(budi, name), -4);
        await Waiting.Until(
            async () =>
            {
                await page.ReloadAsync();
                return await Unread(page).IsVisibleAsync() && await Unread(page).TextContentAsync() == "2";
            },
            "both are told");

        await page.GetByRole(AriaRole.Link, new() { Name = "Notifications" }).ClickAsync();
        await page.Arrives("/notifications");
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Rows(page).First.Press("Mark as read");
        await Expect(Unread(page)).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Unread", Exact = true }).ClickAsync();
        await page.Arrives("/notifications?unread=true");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.Press("Mark all as read");
        await Expect(page.GetByText("No unread notifications.")).ToBeVisibleAsync();
        await Expect(Badge(page)).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Choose notifications" }).ClickAsync();
        await page.GetByLabel("Stock that is low, or no longer low").UncheckAsync();
        await page.Press("Save");
        await Expect(page.GetByText("Your settings were saved.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Stock that is low, or no longer low")).Not.ToBeCheckedAsync();
        await Expect(page.GetByLabel("Invitations")).ToBeCheckedAsync();
    }

    /// <summary>Opens a window in which Budi sees his own items. Budi is also an editor in Ana's workspace.</summary>
    private async Task<(IPage Budi, Person Ana, long Bolt)> Together()
    {
        var page = await browsing.Window();
        var budi = await browsing.SignInOn(page);
        var ana = await browsing.SignInOn(await browsing.Window());
        await ana.Admit(budi, Role.Editor);
        var bolt = await Threshold(ana, "Bolt");
        await page.Live();
        return (page, ana, bolt);
    }

    /// <summary>Creates an item with amount 8 and threshold 5.</summary>
    private static async Task<long> Threshold(Person person, string name) =>
        (await person.Post("/api/items", new { name, amount = 8, threshold = 5 })).Json.GetProperty("id").GetInt64();

    private static async Task Move(Person person, long item, long delta) =>
        (await person.Post($"/api/items/{item}/movements", new { delta })).Status.ShouldBe(201);

    private static ILocator Badge(IPage page) => page.Locator("[data-bell] .badge");

    private static ILocator Unread(IPage page) => page.Locator("[data-unread]");

    private static ILocator Rows(IPage page) => page.Locator(".notifications li");
}
