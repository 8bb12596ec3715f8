using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Support;

/// <summary>Reads and operates the list of items.</summary>
internal static class ListPage
{
    public static ILocator Rows(this IPage page) => page.Locator("#list tbody tr");

    public static ILocator Row(this IPage page, string name) => page.Rows().Filter(new() { HasText = name });

    public static ILocator Amount(this IPage page, string name) => page.Row(name).Locator("[data-amount]");

    public static ILocator Toasts(this IPage page) => page.Locator("#toasts");

    public static Task Press(this IPage page, string name) => page.Locator("body").Press(name);

    public static Task Press(this ILocator place, string name) =>
        place.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Waits until the page's feed connection is open.</summary>
    public static Task Live(this IPage page) =>
        Expect(page.Locator("[data-live]")).ToHaveTextAsync("live", new() { Timeout = 10_000 });

    public static async Task LoadsLive(this IPage page)
    {
        await page.ReloadAsync();
        await page.Live();
    }

    /// <summary>
    /// Returns a function that returns how many times the page has loaded since CountLoads was called.
    /// </summary>
    public static Func<int> CountLoads(this IPage page)
    {
        var loads = 0;
        page.DOMContentLoaded += (_, _) => loads++;
        return () => loads;
    }

    /// <summary>
    /// Makes these feed transports fail immediately, beginning with the next page that the browser loads.
    /// </summary>
    public static async Task Lacks(this IPage page, params string[] transports)
    {
        foreach (var name in transports)
            await page.AddInitScriptAsync(
                $"window.{name} = class {{ constructor() {{ setTimeout(() => (this.onclose ?? this.onerror)?.()); }} "
                + $"addEventListener() {{}} close() {{}} }}");
    }

    /// <summary>
    /// Creates these items with an amount of ten each and opens the list. Also returns the signed-in person as an HTTP
    /// client, whose property Known is the id of the last item.
    /// </summary>
    public static async Task<(IPage Page, Person Person)> AtList(
        this Browsing browsing, params IEnumerable<string> names)
    {
        var page = await browsing.Window();
        var person = await browsing.NewPerson();
        await Browsing.SignIn(page, person);
        foreach (var name in names) person.Known = await person.CreateItem(name, 10);
        await page.GotoAsync("/");
        await page.Live();
        return (page, person);
    }

    /// <summary>
    /// Opens a web page of a third party. The page has the same host as Pacil, because a page of another host is not
    /// allowed to import Pacil's JavaScript modules; see docs/ajax.md.
    /// </summary>
    public static async Task AtOwnPage(this IPage page)
    {
        await page.RouteAsync("**/own/*", route => route.FulfillAsync(
            route.Request.Url.EndsWith(".js", StringComparison.Ordinal)
                ? new() { ContentType = "text/javascript", Body = "export default {};" }
                : new()
                {
                    ContentType = "text/html",
                    Body = """<html lang="en"><script type="importmap">"""
                        + """{"imports":{"#texts":"/own/texts.js"}}</script>""",
                }));
        await page.GotoAsync("/own/page");
    }

    public static async Task Add(this IPage page, string name, string amount)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        var dialog = page.Locator("#create");
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.GetByLabel("Amount").FillAsync(amount);
        await dialog.Press("Add item");
        await Expect(page.Row(name)).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>Opens the page and waits until the browser has cached it for offline use.</summary>
    public static async Task Keeps(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        // After this reload, the service worker handles the page's requests.
        await page.ReloadAsync();
        await Waiting.Until(
            () => page.EvaluateAsync<bool>(
                "Promise.all([location.href, '/offline'].map((one) => caches.match(one)))"
                + ".then((all) => all.every(Boolean))"),
            $"{path} is kept");
    }

    /// <summary>Counts the account's operations that wait to be sent; see indexeddb-list.js.</summary>
    public static Task<int> Unsent(this IPage page, Person person) => page.EvaluateAsync<int>(
        """
        (account) => new Promise((resolve) => {
          const request = indexedDB.open(`pacil-${account}`, 1);
          request.onupgradeneeded = () => request.transaction.abort();
          request.onerror = () => resolve(0);
          request.onsuccess = () => {
            const count = request.result.transaction("operations").objectStore("operations").count();
            count.onsuccess = () => (request.result.close(), resolve(count.result));
          };
        })
        """, person.Id);

    /// <summary>
    /// Waits until the page has stopped sending the account's operations, whether sending succeeded or failed.
    /// </summary>
    public static Task Pauses(this IPage page, Person person) =>
        page.EvaluateAsync("(account) => navigator.locks.request(`pacil-outbox-${account}`, () => {})", person.Id);

    /// <summary>Replaces the browser's cookies by those of another session.</summary>
    public static Task Takes(this IPage page, IEnumerable<BrowserContextCookiesResult> cookies) =>
        page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
        }));

    /// <summary>The kinds of an item's log entries, oldest first.</summary>
    public static async Task<string[]> Entries(this Person person, long item) =>
        [.. (await person.Get($"/api/entries?item={item}&limit=200")).Json.EnumerateArray()
            .Select(entry => entry.String("kind")).Reverse()];

    public static string String(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Integer(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
