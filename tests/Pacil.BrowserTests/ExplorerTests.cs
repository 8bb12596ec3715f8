using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class ExplorerTests(Browsing browsing)
{
    [Fact]
    public async Task The_explorer_shows_the_operations_and_sends_a_request()
    {
        var page = await browsing.SignedIn();
        await page.GotoAsync("/api");

        var operation = page.Locator("#operations-Items-listItems");
        await Expect(operation).ToContainTextAsync("List the items.");
        await operation.GetByRole(AriaRole.Button).First.ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(operation.Locator(".live-responses-table .response-col_status").Last).ToContainTextAsync("200");
    }

    [Fact]
    public async Task A_write_from_the_explorer_passes_the_CSRF_check()
    {
        var page = await browsing.SignedIn();
        await page.GotoAsync("/api");

        var operation = page.Locator("#operations-Notifications-markNotificationsRead");
        await operation.GetByRole(AriaRole.Button).First.ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(operation.Locator(".live-responses-table .response-col_status").Last).ToContainTextAsync("200");
    }
}
