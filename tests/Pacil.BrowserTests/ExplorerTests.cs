using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class ExplorerTests(Browsing browsing)
{
    [Fact]
    public async Task The_explorer_shows_the_operations_and_sends_a_request()
    {
        var operation = await Open("Items", "listItems");
        await Expect(operation).ToContainTextAsync("List the items.");
        await Execute(operation);
    }

    [Fact]
    public async Task A_write_from_the_explorer_passes_the_CSRF_check() =>
        await Execute(await Open("Notifications", "markNotificationsRead"));

    /// <summary>Opens the explorer, which needs seconds to read the whole description while other tests run.</summary>
    private async Task<ILocator> Open(string tag, string id)
    {
        var page = await browsing.SignedIn();
        await page.GotoAsync("/api");
        var operation = page.Locator($"#operations-{tag}-{id}");
        await Expect(operation).ToBeVisibleAsync(new() { Timeout = 60_000 });
        return operation;
    }

    private static async Task Execute(ILocator operation)
    {
        await operation.GetByRole(AriaRole.Button).First.ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(operation.Locator(".live-responses-table .response-col_status").Last)
            .ToContainTextAsync("200", new() { Timeout = 60_000 });
    }
}
