using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class ExplorerTests(Browsing browsing)
{
    [Fact]
    public async Task The_explorer_shows_the_operations_and_sends_a_request()
    {
        var operation = await Open("Items", "listItems");
        await Execute(operation);
        await Expect(operation).ToContainTextAsync("List the items.");
    }

    [Fact]
    public async Task A_write_from_the_explorer_passes_the_CSRF_check() =>
        await Execute(await Open("Notifications", "markNotificationsRead"));

    /// <summary>Opens the explorer at one operation, as its address says.</summary>
    private async Task<ILocator> Open(string tag, string id)
    {
        var page = await browsing.SignedIn();
        // Swagger UI needs seconds for each step while other tests use the processors.
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"/api#/{tag}/{id}");
        return page.Locator($"#operations-{tag}-{id}");
    }

    private static async Task Execute(ILocator operation)
    {
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(operation.Locator(".live-responses-table .response-col_status").Last)
            .ToContainTextAsync("200", new() { Timeout = 60_000 });
    }
}
