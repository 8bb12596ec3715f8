using System.Diagnostics;
using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Support;

/// <summary>What people do at the list of items.</summary>
internal static class ListPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static ILocator Row(this IPage page, string name) =>
        page.Locator("#list tbody tr").Filter(new() { HasText = name });

    public static async Task Add(this IPage page, string name, string amount)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        var dialog = page.Locator("#create");
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.GetByLabel("Amount").FillAsync(amount);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add item" }).ClickAsync();
        await Expect(page.Row(name)).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>Opens a page and waits until the browser keeps it, as it is now, for when there is no network.</summary>
    public static async Task Keeps(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        // From here on the pages pass through it.
        await page.ReloadAsync();
        var watch = Stopwatch.StartNew();
        while (!await page.EvaluateAsync<bool>(
            "Promise.all([location.href, '/offline'].map((one) => caches.match(one))).then((all) => all.every(Boolean))"))
            watch.Elapsed.ShouldBeLessThan(Patience, $"{path} is not kept");
    }

    /// <summary>What the log has of an item, in order.</summary>
    public static async Task<string[]> Entries(this Person person, long item) =>
        [.. (await person.Get($"/api/entries?item={item}&limit=200")).Json.EnumerateArray().Select(entry => entry.String("kind")).Reverse()];

    public static string String(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Integer(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
