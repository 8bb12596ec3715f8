using Deque.AxeCore.Commons;
using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

/// <summary>
/// Checks every page against axe's rules for WCAG 2.2 AA: in light and dark colors, in wide and narrow windows.
/// </summary>
public sealed class AccessibilityTests(Browsing browsing)
{
    private const int Wide = 1280;
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly object Rules = Only(
        "tag", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /// <summary>
    /// The rules whose result can change with dark colors (color contrast) or on a phone (target size, scrolling).
    /// </summary>
    private static readonly object Contrast = Only("rule", "color-contrast");
    private static readonly object Small = Only("rule", "target-size", "scrollable-region-focusable");

    [Fact]
    public async Task No_page_breaks_a_rule()
    {
        var stranger = await browsing.Window();
        foreach (var path in new[] { "/login", "/register" }) await Check(stranger, path);
        var page = await browsing.SignedIn();
        await Check(page, "/");
        await page.Keyboard.PressAsync("n");
        await page.Locator("#create").GetByLabel("Name")
            .FillAsync("Étagère, a long name that does not fit into one line on a phone");
        await page.Locator("#create").GetByLabel("Amount").FillAsync("3");
        await page.Locator("#create").GetByLabel("Low stock at").FillAsync("9");
        await Check(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Check(page);
        await page.Locator("[data-name]").First.ClickAsync();
        await Expect(page.Locator("#sheet")).ToBeVisibleAsync();
        await Check(page);
        foreach (var tab in new[] { "History", "Discussion" })
        {
            await page.Locator("#sheet").GetByRole(AriaRole.Link, new() { Name = tab }).ClickAsync();
            await Expect(page.Locator("#sheet [data-panel]:not([aria-busy]):visible")).ToHaveCountAsync(1);
            await Check(page);
        }
        var item = await page.Locator("[data-tab]").First.GetAttributeAsync("href");
        foreach (var path in new[]
                 {
                     item!, $"{item}?tab=chat", $"{item}?tab=history", "/create-item",
                     "/bulk?all=true&change=receive&value=1", "/bulk", "/settings", "/settings/password",
                     "/settings/tokens", "/notifications", "/settings/notifications", "/workspaces", "/members",
                     "/logout", "/nothing", "/chat", "/?low=true", "/?archived=true"
                 })
            await Check(page, path);
        var administrator = await browsing.Window();
        var ana = await browsing.SignInOn(administrator, isAdministrator: true);
        foreach (var path in new[]
                 {
                     "/admin", "/admin?search=nobody", "/admin/entries", $"/admin/people/{ana.Id}",
                     $"/admin/people/{ana.Id}/erase", "/settings/erase"
                 })
            await Check(administrator, path);
        foreach (var path in new[] { "/activity", "/activity?kind=stock_low" }) await Check(page, path);
    }

    private static async Task Check(IPage page, string? path = null)
    {
        if (path is not null) await page.GotoAsync(path);
        await Check(page, Rules, ColorScheme.Light, Wide);
        await Check(page, Contrast, ColorScheme.Dark, Wide);
        await Check(page, Small, ColorScheme.Light, 320);
        await page.SetViewportSizeAsync(Wide, 800);
    }

    private static async Task Check(IPage page, object rules, ColorScheme colors, int width)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = colors });
        await page.SetViewportSizeAsync(width, 800);
        if (await page.EvaluateAsync<bool>("!window.axe")) await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>(
            """
            async rules => (await axe.run(document, rules)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
            """, rules);
        violations.Select(violation => $"{page.Url}, {colors}, {width}: {violation}").ShouldBeEmpty();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is wider than {width}");
    }

    private static object Only(string type, params string[] values) =>
        new { runOnly = new { type, values }, resultTypes = new[] { "violations" } };
}
