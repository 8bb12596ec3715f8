using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

public sealed class ChatTests(Browsing browsing)
{
    [Fact]
    public async Task What_one_says_the_other_sees_and_what_one_changes_changes_there()
    {
        var (hers, his, ana, budi) = await Two();
        await hers.GotoAsync($"/w/{ana.Workspace}/chat");
        await hers.Live();
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await Expect(hers.Locator("[data-joined]")).ToHaveTextAsync($"{budi.Name} joined");
        await Expect(hers.Locator(".title [data-count]")).ToHaveTextAsync("2 here");

        await Box(his).PressSequentiallyAsync("Who has");
        await Expect(hers.Locator("[data-typing-shown]")).ToHaveTextAsync($"{budi.Name} is typing …");
        await Box(his).FillAsync("Who has\nthe <img src=x onerror=alert(1)> drill? https://example.org/drill.");
        await Box(his).PressAsync("Enter");
        await Expect(Said(hers)).ToHaveTextAsync(
            "Who has\nthe <img src=x onerror=alert(1)> drill? https://example.org/drill.");
        await Expect(hers.Locator("[data-typing-shown]")).ToBeEmptyAsync();
        await Expect(Box(his)).ToHaveValueAsync("");
        await Expect(Said(hers).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://example.org/drill");
        await Expect(hers.Locator(".said img")).ToHaveCountAsync(0);
        // Ana's page has a delete button at Budi's message, because the owner of a workspace is allowed to delete the
        // messages of others.
        await Expect(Said(his)).ToHaveCountAsync(1);
        await Expect(hers.Locator(".said .acts")).ToBeVisibleAsync();

        await his.Locator("[data-edit]").ClickAsync();
        await his.Locator(".said textarea").FillAsync("Who has the saw?");
        await his.Locator(".said textarea").PressAsync("Enter");
        await Expect(Said(hers)).ToHaveTextAsync("Who has the saw?");
        await Expect(hers.Locator("[data-edited]")).ToBeVisibleAsync();
        await hers.ReloadAsync();
        await Expect(Said(hers)).ToHaveTextAsync("Who has the saw?");
        await hers.Press("Delete");
        await Expect(Said(his)).ToHaveTextAsync("This message was deleted.");
        await Expect(Said(hers)).ToHaveTextAsync("This message was deleted.");
        await his.ReloadAsync();
        await Expect(Said(his)).ToHaveTextAsync("This message was deleted.");
    }

    [Fact]
    public async Task Of_two_who_change_one_message_the_second_is_asked()
    {
        var (hers, his, ana, budi) = await Two();
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await Box(his).FillAsync("Who has the drill?");
        await Box(his).PressAsync("Enter");
        await hers.GotoAsync($"/w/{ana.Workspace}/chat");
        await hers.Live();
        await hers.Locator("[data-edit]").ClickAsync();
        await hers.Locator(".said textarea").FillAsync("Who has my drill?");
        await his.Locator("[data-edit]").ClickAsync();
        await his.Locator(".said textarea").FillAsync("Who has the saw?");
        await his.Locator(".said textarea").PressAsync("Enter");

        await Expect(hers.GetByText($"{budi.Name} changed this to “Who has the saw?” in the meantime."))
            .ToBeVisibleAsync();
        await hers.Locator(".said textarea").PressAsync("Enter");
        await Expect(hers.Toasts()).ToContainTextAsync("Choose which value to keep");
        await Expect(Said(his)).ToHaveTextAsync("Who has the saw?");
        await hers.Press("Use theirs");
        await hers.Locator(".said").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Said(hers)).ToHaveTextAsync("Who has the saw?");
    }

    [Fact]
    public async Task Other_rooms_count_what_is_new_and_a_name_rings_the_bell()
    {
        var (hers, his, ana, budi) = await Two();
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await his.Live();
        await hers.GotoAsync($"/w/{ana.Workspace}/chat");
        await hers.GetByText("New room").ClickAsync();
        await hers.GetByLabel("Name").FillAsync("Garage");
        await hers.Press("Create room");
        await Expect(hers.GetByRole(AriaRole.Heading, new() { Name = "Garage" })).ToBeVisibleAsync();
        await hers.Live();
        await Expect(his.Locator(".rooms [data-name]").Last).ToHaveTextAsync("Garage");

        foreach (var text in new[] { "One", $"@{budi.Name} two" })
        {
            await Box(hers).FillAsync(text);
            await Box(hers).PressAsync("Enter");
            await Expect(Box(hers)).ToHaveValueAsync("");
        }
        await Expect(his.Locator(".rooms li", new() { HasText = "Garage" }).Locator("[data-unread]"))
            .ToHaveTextAsync("2");
        await Expect(his.Locator("[data-bell] [data-unread]")).ToHaveTextAsync("1");
        await his.Locator(".rooms").GetByText("Garage").ClickAsync();
        await Expect(Said(his).Last.Locator("mark")).ToHaveTextAsync($"@{budi.Name}");
        await Expect(his.Locator("[data-read]")).ToHaveCountAsync(0);
        await his.ReloadAsync();
        await Expect(Said(his)).ToHaveCountAsync(2);
        await Expect(his.Locator("[data-read]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rooms_that_come_and_are_renamed_go_where_their_names_belong()
    {
        var (_, his, ana, _) = await Two();
        await ana.CreateRoom("Shelf 10");
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await his.Live();
        var wrong = await ana.CreateRoom("Unnamed");
        await ana.CreateRoom("Shelf 9");
        await Expect(Names()).ToHaveTextAsync(["Lobby", "Shelf 9", "Shelf 10", "Unnamed"]);
        await his.Locator(".rooms a").Last.FocusAsync();
        await ana.Patch($"/api/rooms/{wrong}", new { name = "Łódź" });
        string[] sorted = ["Lobby", "Łódź", "Shelf 9", "Shelf 10"];
        await Expect(Names()).ToHaveTextAsync(sorted);
        await Expect(his.Locator($".rooms [data-room='{wrong}']")).ToBeFocusedAsync();
        await his.ReloadAsync();
        await Expect(Names()).ToHaveTextAsync(sorted);

        ILocator Names() => his.Locator("[data-rooms] [data-name]");
    }

    [Fact]
    public async Task What_one_reads_in_one_tab_is_not_unread_in_another()
    {
        var (hers, his, ana, _) = await Two();
        var (garage, shed) = (await ana.CreateRoom("Garage"), await ana.CreateRoom("Shed"));
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await his.Live();
        foreach (var room in new[] { garage, garage, shed })
            await ana.Post($"/api/rooms/{room}/messages", new { text = "Hello" });
        await Expect(Badge(garage)).ToHaveTextAsync("2");
        await Expect(Badge(shed)).ToHaveTextAsync("1");

        var second = await his.Context.NewPageAsync();
        await second.GotoAsync($"/w/{ana.Workspace}/chat/{garage}");
        await second.Live();
        await Expect(Badge(garage)).ToBeHiddenAsync();
        await Expect(Badge(shed)).ToHaveTextAsync("1");
        // The message counts as unread only until the second tab, which shows the room, marks the message as read.
        await ana.Post($"/api/rooms/{garage}/messages", new { text = "And goodbye" });
        await Expect(Said(second).Last).ToHaveTextAsync("And goodbye");
        await Expect(Badge(garage)).ToBeHiddenAsync();
        await hers.CloseAsync();

        ILocator Badge(long room) => his.Locator($".rooms [data-room='{room}'] [data-unread]");
    }

    [Fact]
    public async Task Who_reads_further_up_is_told_what_is_new_and_not_moved()
    {
        var (hers, his, ana, _) = await Two();
        for (var n = 0; n < 40; n++) await ana.Post("/api/rooms/lobby/messages", new { text = $"Line {n}" });
        await his.GotoAsync($"/w/{ana.Workspace}/chat");
        await his.Live();
        await Expect(Said(his).Last).ToBeInViewportAsync();
        await his.Locator("[role=log]").HoverAsync();
        await his.Mouse.WheelAsync(0, -600);
        await Expect(Said(his).Last).Not.ToBeInViewportAsync();

        await ana.Post("/api/rooms/lobby/messages", new { text = "New" });
        await Expect(his.Locator("[data-newest]")).ToHaveTextAsync("1 new");
        await Expect(Said(his).Last).Not.ToBeInViewportAsync();
        await his.Locator("[data-newest]").ClickAsync();
        await Expect(Said(his).Last).ToHaveTextAsync("New");
        await Expect(Said(his).Last).ToBeInViewportAsync();
        await Expect(his.Locator("[data-newest]")).ToBeHiddenAsync();
        await hers.CloseAsync();
    }

    [Fact]
    public async Task An_item_is_discussed_where_it_stands()
    {
        var (hers, his, ana, _) = await Two();
        var item = await ana.CreateItem("Drill", 1);
        await hers.GotoAsync($"/w/{ana.Workspace}/items/{item}");
        await hers.GetByRole(AriaRole.Link, new() { Name = "Discussion" }).ClickAsync();
        await his.GotoAsync($"/w/{ana.Workspace}/items/{item}?tab=chat");
        await Expect(hers.GetByText("No messages yet.")).ToBeVisibleAsync();
        await Expect(hers.Locator("[data-editing][data-here]")).Not.ToBeEmptyAsync();
        await Box(his).FillAsync("The chuck is loose");
        await his.Press("Send");
        await Expect(Said(hers)).ToHaveTextAsync("The chuck is loose");
        await Expect(hers.GetByText("No messages yet.")).ToBeHiddenAsync();
        await Box(hers).FillAsync("x");
        await Box(hers).PressAsync("Enter");
        await Expect(Said(his)).ToHaveTextAsync(["The chuck is loose", "x"]);
        await hers.GotoAsync($"/w/{ana.Workspace}/chat");
        await hers.Locator(".rooms").GetByText("Drill").ClickAsync();
        await hers.Arrives($"/w/{ana.Workspace}/items/{item}?tab=chat");
    }

    [Fact]
    public async Task Without_scripts_there_are_forms()
    {
        var page = await browsing.SignedIn(scripts: false);
        await page.GotoAsync("/chat");
        await Box(page).FillAsync("Hello");
        await page.Press("Send");
        await Expect(Said(page)).ToHaveTextAsync("Hello");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.Locator(".said textarea").FillAsync("Good evening");
        await page.Press("Save");
        await Expect(Said(page)).ToHaveTextAsync("Good evening");
        await page.Press("Delete");
        await Expect(Said(page)).ToHaveTextAsync("This message was deleted.");
        await page.GetByText("New room").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Garage");
        await page.Press("Create room");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Garage" })).ToBeVisibleAsync();
    }

    /// <summary>Opens one window for Ana and one for Budi. Budi is a viewer in Ana's workspace.</summary>
    private async Task<(IPage Hers, IPage His, Person Ana, Person Budi)> Two()
    {
        var (hers, his) = (await browsing.Window(), await browsing.Window());
        var (ana, budi) = (await browsing.SignInOn(hers), await browsing.SignInOn(his));
        await ana.Admit(budi, Role.Viewer);
        return (hers, his, ana, budi);
    }

    private static ILocator Box(IPage page) => page.Locator("#say");

    private static ILocator Said(IPage page) => page.Locator(".said [data-text]");
}
