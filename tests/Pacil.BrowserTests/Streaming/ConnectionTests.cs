using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Streaming;

/// <summary>
/// All tabs of a browser share one feed connection. These tests cover the loss of the connection and of the tab that
/// holds it.
/// </summary>
public sealed class ConnectionTests(Browsing browsing)
{
    /// <summary>
    /// Records every feed connection that the page opens. If a transport is blocked, its connection goes to an address
    /// that does not exist.
    /// </summary>
    private const string Noted =
        """
        window.opened = [];
        window.blocked = sessionStorage.blocked ?? "";
        for (const name of ["WebSocket", "EventSource"])
          window[name] = class extends window[name] {
            constructor(url) {
              super(blocked.includes(name) ? url.replace("/api/feed", "/nothing") : url);
              opened.push(Object.assign(this, { name }));
            }
          };
        """;

    /// <summary>Closes the connection that the page opened last.</summary>
    private const string Cuts = "() => opened.at(-1).close()";

    private const string PausesForGood = "() => { Math.random = () => 1e5; }";
    private const string Hides = "() => Object.defineProperty(document, 'hidden', { get: () => true })";
    private const string ComesBack = "() => document.dispatchEvent(new Event('visibilitychange'))";

    /// <summary>Returns the transport of each open connection, "WebSocket" or "EventSource".</summary>
    private const string Open =
        "() => opened.filter(({ readyState }) => readyState === 1).map(({ name }) => name).join()";

    [Fact]
    public async Task What_changes_while_a_tab_catches_up_is_shown_in_it()
    {
        var (first, ana) = await browsing.AtList("Bolt");
        var second = await first.Context.NewPageAsync();
        var (read, late) = (new TaskCompletionSource(), new TaskCompletionSource());
        await second.RouteAsync(address => address.Contains("wait=0"), async route =>
        {
            var response = await route.FetchAsync();
            read.TrySetResult();
            await late.Task;
            await route.FulfillAsync(new() { Response = response });
        });
        await second.GotoAsync("/");
        await read.Task.Soon();
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 1 });
        await Expect(first.Amount("Bolt")).ToHaveTextAsync("11");
        await second.TakesIn();
        late.SetResult();
        await Expect(second.Amount("Bolt")).ToHaveTextAsync("11");
    }

    [Fact]
    public async Task What_a_tab_cannot_read_it_reads_when_the_connection_is_back()
    {
        var (first, ana) = await browsing.AtList("Bolt");
        await first.AddInitScriptAsync(Noted);
        await first.ReloadAsync();
        await first.Live();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/");
        await second.Live();
        await second.EvaluateAsync("() => { Math.random = () => -0.5; }");
        var (attempts, isCut) = (0, true);
        await second.RouteAsync(address => address.Contains("wait=0"), route =>
        {
            attempts++;
            return isCut ? route.AbortAsync() : route.ContinueAsync();
        });
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 1 });
        await Waiting.Until(() => Task.FromResult(attempts == 4), "it is tried as often as it is");
        await second.TakesIn();
        isCut = false;
        await first.EvaluateAsync(Cuts);
        await Expect(second.Amount("Bolt")).ToHaveTextAsync("11", new() { Timeout = 5_000 });
    }

    [Fact]
    public async Task Who_signs_out_leaves_with_every_tab_even_one_that_could_not_learn_it_by_itself()
    {
        var (first, _) = await browsing.AtList("Bolt");
        var second = await first.Context.NewPageAsync();
        await second.Lacks("WebSocket", "EventSource");
        await second.GotoAsync("/");
        await second.Live();
        await second.RouteAsync("**/api/**", route => route.AbortAsync());
        var third = await first.Context.NewPageAsync();
        await third.GotoAsync("/logout");
        await third.Press("Sign out");
        await Expect(first).ToHaveURLAsync("/login?next=%2F");
        await Expect(second).ToHaveURLAsync("/login?next=%2F");
    }

    [Fact]
    public async Task Who_changes_the_password_stays_signed_in_in_every_tab()
    {
        var first = await Page("");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/settings/password");
        await second.Locator("[name=current_password]").FillAsync(TestApp.Password);
        foreach (var name in new[] { "password", "password_confirmation" })
            await second.Locator($"[name={name}]").FillAsync("quite another otter 43");
        await second.Locator("main button.primary").ClickAsync();
        await Waiting.Until(() => first.EvaluateAsync<bool>("opened.length > 1"), "the old session's stream has ended");
        await first.Live();
        await Expect(first).ToHaveURLAsync("/");
    }

    [Fact]
    public async Task The_network_is_back_for_a_tab_that_is_looked_at_though_one_in_the_background_has_the_connection()
    {
        var (first, second) = await TwoTabs();
        await first.Context.SetOfflineAsync(true);
        await Expect(second.Locator("[data-live]")).ToContainTextAsync("offline");
        await first.Context.SetOfflineAsync(false);
        await second.Live();
    }

    [Fact]
    public async Task Who_comes_back_to_a_tab_need_not_wait_for_one_in_the_background()
    {
        var (first, second) = await TwoTabs();
        await second.EvaluateAsync(PausesForGood);
        await first.EvaluateAsync(Cuts);
        await Expect(second.Locator("[data-live]")).ToContainTextAsync("reconnecting");
        await second.EvaluateAsync(ComesBack);
        await second.Live();
    }

    [Fact]
    public async Task A_tab_that_is_looked_at_does_not_pause_as_long_as_one_in_the_background()
    {
        var (first, second) = await TwoTabs();
        await second.EvaluateAsync("() => { Math.random = () => -0.4; }");
        await first.EvaluateAsync(Cuts);
        await Expect(second.Locator("[data-live]")).ToContainTextAsync("reconnecting");
        await second.Live();
    }

    [Fact]
    public async Task When_the_network_is_back_the_connection_is_the_best_again()
    {
        var page = await Page("WebSocket");
        await Has(page, "EventSource");
        await page.EvaluateAsync("() => { blocked = ''; dispatchEvent(new Event('online')); }");
        await Has(page, "WebSocket");
    }

    [Fact]
    public async Task The_best_connection_is_tried_beside_one_that_works_and_takes_over_when_it_does()
    {
        var page = await Page("WebSocket", isTimed: true);
        await Has(page, "EventSource");
        var tried = await page.EvaluateAsync<int>("opened.length");
        await page.Context.Clock.FastForwardAsync(10_000);
        await Waiting.Until(() =>
            page.EvaluateAsync<bool>($"opened.length > {tried} && opened.at(-1).readyState === 3"), "it is tried");
        await Has(page, "EventSource");
        (await page.EvaluateAsync<int>("opened.filter(({ name }) => name === 'EventSource').length")).ShouldBe(1);
        await page.EvaluateAsync("() => { blocked = ''; }");
        await page.Context.Clock.FastForwardAsync(20_000);
        await Has(page, "WebSocket");
        await page.Live();
    }

    [Theory]
    [InlineData("() => {}", 6.5)]
    [InlineData(Hides, 39)]
    public async Task However_long_the_server_is_away_who_looks_at_the_page_waits_some_seconds_only(
        string act, double longest)
    {
        var page = await Page("");
        await page.EvaluateAsync(act);
        await page.RouteAsync(address => address.Contains("/api/feed"), route => route.AbortAsync());
        // The page multiplies each reconnect pause by 0.5 + Math.random(), so a Math.random() of -0.4987 shortens every
        // pause to 0.13 %. No other timer of the page has a fractional number of milliseconds, so the test recognizes
        // the pauses by the fraction.
        await page.EvaluateAsync(
            """
            () => {
              Math.random = () => -0.4987;
              const wait = setTimeout;
              window.pauses = [];
              window.setTimeout = (act, time, ...rest) => {
                if (!Number.isInteger(time)) pauses.push(time);
                return wait(act, time, ...rest);
              };
              blocked = "WebSocket, EventSource";
              opened.at(-1).close();
            }
            """);
        await Waiting.Until(() => page.EvaluateAsync<bool>("opened.length > 12"), "it is tried often");
        (await page.EvaluateAsync<double>("Math.max(...pauses)")).ShouldBe(longest, 0.1);
    }

    [Fact]
    public async Task Coming_back_to_the_page_leaves_a_connection_alone_that_works()
    {
        var page = await Page("");
        await page.EvaluateAsync(Cuts);
        await Waiting.Until(() => page.EvaluateAsync<bool>("opened.length === 2"), "it is opened again");
        await page.Live();
        await page.EvaluateAsync(ComesBack);
        (await page.EvaluateAsync<int>("opened.length")).ShouldBe(2);
        (await page.EvaluateAsync<string>(Open)).ShouldBe("WebSocket");
    }

    private static Task Has(IPage page, string connection) => Waiting.Until(
        async () => await page.EvaluateAsync<string>(Open) == connection, $"what is open is {connection}");

    private async Task<IPage> Page(string blocked, bool isTimed = false)
    {
        var page = await browsing.Window();
        if (isTimed) await page.Context.Clock.InstallAsync();
        await page.AddInitScriptAsync(Noted);
        await browsing.SignInOn(page);
        await page.EvaluateAsync("(blocked) => { sessionStorage.blocked = blocked; }", blocked);
        await page.ReloadAsync();
        await page.Live();
        return page;
    }

    /// <summary>
    /// Opens two tabs. The first tab holds the connection and is in the background. If the connection is lost, the
    /// first tab never reconnects.
    /// </summary>
    private async Task<(IPage First, IPage Second)> TwoTabs()
    {
        var first = await Page("");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/");
        await second.Live();
        await first.EvaluateAsync(Hides);
        await first.EvaluateAsync(PausesForGood);
        return (first, second);
    }
}
