using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Streaming;

public sealed class PresenceTests(Browsing browsing)
{
    [Fact]
    public async Task Who_is_here_is_shown_and_several_tabs_are_one_person()
    {
        var (hers, his, ana, budi) = await Two();
        await Expect(Here(hers)).ToBeHiddenAsync();
        await his.GotoAsync($"/w/{ana.Workspace}/");
        await Expect(Here(hers)).ToHaveTextAsync($"Here now: {budi.Name} 2 here");
        await Expect(Here(his)).ToHaveTextAsync($"Here now: {ana.Name} 2 here");
        await hers.EvaluateAsync(
            "window.left = []; document.addEventListener('feed:user_left', ({ detail }) => left.push(detail.place))");

        var second = await his.Context.NewPageAsync();
        await second.GotoAsync($"/w/{ana.Workspace}/");
        // Only one tab of a browser has a feed connection. This tab passes presence on to the other tabs.
        await Expect(Here(second)).ToHaveTextAsync($"Here now: {ana.Name} 2 here");
        await his.CloseAsync();
        var item = await ana.CreateItem("Bolt", 5);
        await Open(second, "Bolt");
        await Open(hers, "Bolt");
        await Expect(Editing(hers)).ToHaveTextAsync($"{budi.Name} is editing this");
        (await hers.EvaluateAsync<string[]>("left")).ShouldBeEmpty();

        await second.CloseAsync();
        await Expect(Here(hers)).ToBeHiddenAsync();
        (await hers.EvaluateAsync<string?[]>("left")).ShouldBe([null, $"item:{item}"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WebSocket")]
    [InlineData("WebSocket, EventSource")]
    public async Task Who_has_an_item_open_is_told_in_its_dialog_by_every_transport(string broken)
    {
        var (hers, his, ana, budi) = await Two(broken);
        var item = await ana.CreateItem("Bolt", 5);
        await his.GotoAsync($"/w/{ana.Workspace}/");
        await Open(his, "Bolt");
        await Open(hers, "Bolt");
        await Expect(Editing(hers)).ToHaveTextAsync($"{budi.Name} is editing this");
        await Expect(Editing(his)).ToHaveTextAsync($"{ana.Name} is editing this", new() { Timeout = 20_000 });

        // A client that polls counts as present for 30 seconds after its last poll, which is too long for this test.
        if (broken.Contains("EventSource")) return;
        await his.Keyboard.PressAsync("Escape");
        await Expect(Editing(hers)).ToBeEmptyAsync();
        await his.GotoAsync($"/w/{ana.Workspace}/items/{item}");
        await Expect(Editing(hers)).ToHaveTextAsync($"{budi.Name} is editing this");
    }

    [Fact]
    public async Task Who_types_is_shown_for_a_moment_and_not_to_themselves()
    {
        var (hers, his, ana, budi) = await Two();
        await his.GotoAsync($"/w/{ana.Workspace}/");
        await Expect(Here(his)).ToBeVisibleAsync();
        foreach (var page in new[] { hers, his })
            await page.EvaluateAsync(
                """
                const field = document.createElement("textarea");
                field.dataset.typing = "room:lobby";
                const shown = document.createElement("p");
                shown.dataset.typingShown = "room:lobby";
                document.querySelector("main").append(field, shown);
                """);
        await his.Locator("[data-typing]").PressSequentiallyAsync("Hi");
        await Expect(hers.Locator("[data-typing-shown]")).ToHaveTextAsync($"{budi.Name} is typing …");
        await Expect(his.Locator("[data-typing-shown]")).ToBeEmptyAsync();
        await Expect(hers.Locator("[data-typing-shown]")).ToBeEmptyAsync(new() { Timeout = 10_000 });
    }

    /// <summary>Opens Ana's window at her items, and a window for Budi. Budi is a viewer in Ana's workspace.</summary>
    private async Task<(IPage Hers, IPage His, Person Ana, Person Budi)> Two(string broken = "")
    {
        var (hers, his) = (await browsing.Window(), await browsing.Window());
        await his.Lacks(broken.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        var (ana, budi) = (await browsing.SignInOn(hers), await browsing.SignInOn(his));
        await ana.Admit(budi);
        await hers.Live();
        return (hers, his, ana, budi);
    }

    private static async Task Open(IPage page, string item)
    {
        await page.Locator("[data-name]").Filter(new() { HasText = item }).ClickAsync();
        await Expect(page.Locator("#sheet")).ToBeVisibleAsync();
    }

    private static ILocator Here(IPage page) => page.Locator(".title [data-here]");

    private static ILocator Editing(IPage page) => page.Locator("[data-editing][data-here]");
}
