using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

/// <summary>Every page by axe's rules for WCAG 2.2 AA, light and dark, wide and narrow.</summary>
public sealed class AccessibilityTests(Browsing browsing)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>What may differ in the dark, and on a phone.</summary>
    private static readonly AxeRunOptions Contrast = Only("color-contrast");
    private static readonly AxeRunOptions Small = Only("target-size", "scrollable-region-focusable");

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task No_page_breaks_a_rule(ColorScheme colors, int width)
    {
        var rules = colors == ColorScheme.Dark ? Contrast : width < 720 ? Small : Rules;
        var stranger = await browsing.Window(colors: colors, width: width);
        foreach (var path in new[] { "/login", "/register" }) await Check(stranger, rules, path);
        var page = await browsing.SignedIn(colors: colors, width: width);
        await Check(page, rules, "/");
        await page.Keyboard.PressAsync("n");
        await page.Locator("#create").GetByLabel("Name").FillAsync("Étagère, a long name that does not fit into one line on a phone");
        await page.Locator("#create").GetByLabel("Amount").FillAsync("3");
        await page.Locator("#create").GetByLabel("Low at").FillAsync("9");
        await Check(page, rules);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Check(page, rules);
        await page.Locator("[data-name]").First.ClickAsync();
        await Expect(page.Locator("#sheet")).ToBeVisibleAsync();
        await Check(page, rules);
        foreach (var tab in new[] { "History", "Discussion" })
        {
            await page.Locator("#sheet").GetByRole(AriaRole.Link, new() { Name = tab }).ClickAsync();
            await Expect(page.Locator("#sheet [data-panel]:not([aria-busy]):visible")).ToHaveCountAsync(1);
            await Check(page, rules);
        }
        var item = await page.Locator("[data-tab]").First.GetAttributeAsync("href");
        foreach (var path in new[] { item!, $"{item}?tab=chat", $"{item}?tab=history", "/create-item", "/bulk?all=true&change=receive&value=1", "/bulk", "/settings", "/settings/password", "/settings/tokens", "/notifications", "/settings/notifications", "/workspaces", "/members", "/logout", "/nothing", "/chat", "/?low=true", "/?archived=true" })
            await Check(page, rules, path);
        var administrator = await browsing.Window(colors: colors, width: width);
        var ana = await browsing.SignInOn(administrator, isAdministrator: true);
        foreach (var path in new[] { "/admin", "/admin?search=nobody", "/admin/entries", $"/admin/people/{ana.Id}", $"/admin/people/{ana.Id}/erase", "/settings/erase" })
            await Check(administrator, rules, path);
        foreach (var path in new[] { "/activity", "/activity?kind=stock_low" }) await Check(page, rules, path);
    }

    private static AxeRunOptions Only(params List<string> rules) =>
        new() { RunOnly = new() { Type = "rule", Values = rules }, ResultTypes = [ResultType.Violations] };

    private static async Task Check(IPage page, AxeRunOptions rules, string? path = null)
    {
        if (path is not null) await page.GotoAsync(path);
        var result = await page.RunAxe(rules);
        result.Violations.Select(violation => $"{page.Url}: {violation.Id}: {violation.Nodes[0].Html}").ShouldBeEmpty();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is wider than the window");
    }
}
