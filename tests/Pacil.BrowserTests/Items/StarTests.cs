using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Items;

public sealed class StarTests(Browsing browsing)
{
    [Fact]
    public async Task A_star_flips_at_once_and_every_page_of_ones_own_follows()
    {
        var (page, person) = await browsing.AtList("Bolt", "Nut");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.Live();

        // The star changes before the server responds: the test holds the request back.
        var sent = new TaskCompletionSource();
        await page.RouteAsync("**/star", async route => { await sent.Task; await route.ContinueAsync(); });
        await Star(page, "Bolt").ClickAsync();
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Chip(page)).ToHaveTextAsync("Starred · 1");
        await Expect(Chip(other)).ToHaveTextAsync("Starred");
        sent.SetResult();
        await Expect(Star(other, "Bolt")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Chip(other)).ToHaveTextAsync("Starred · 1");

        await person.Put($"/api/items/{person.Known}/star");
        await Expect(Chip(page)).ToHaveTextAsync("Starred · 2");
        await Chip(page).ClickAsync();
        await Expect(Chip(page)).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Rows()).ToHaveCountAsync(2);
        await person.Delete($"/api/items/{person.Known}/star");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await person.Put($"/api/items/{person.Known}/star");
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await Star(page, "Bolt").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Rows()).ToHaveCountAsync(0);
        await Expect(Chip(page)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_the_server_refuses_flips_back_and_the_last_of_many_presses_counts()
    {
        var (page, person) = await browsing.AtList("Bolt");
        await page.RouteAsync("**/star", route => route.FulfillAsync(new()
        {
            Status = 409,
            ContentType = "application/problem+json",
            Body = """{"status": 409, "code": "no", "detail": "No more."}""",
        }));
        await Star(page, "Bolt").ClickAsync();
        await Expect(page.Toasts()).ToHaveTextAsync("No more.");
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.UnrouteAsync("**/star");

        (await PressSevenTimes(page)).ShouldBe(
            Enumerable.Range(0, 7).SelectMany(n => new[] { n % 2 == 0 ? "PUT" : "DELETE", "answered" }));
        (await page.EvaluateAsync<int>("flips")).ShouldBe(0, "what the feed tells of the presses before");
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "true");
        (await person.Names("/api/items?starred=true")).ShouldBe(["Bolt"]);
        await page.UnrouteAsync("**/star");
        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await page.RunAndWaitForResponseAsync(() => page.Locator("#sheet").Press("Star"), "**/star");
        await Expect(Chip(page)).ToHaveTextAsync("Starred");
        (await person.Names("/api/items?starred=true")).ShouldBeEmpty();
        await page.GotoAsync($"/items/{person.Known}");
        await page.RunAndWaitForResponseAsync(() => page.Locator(".title").Press("Star"), "**/star");
        (await person.Names("/api/items?starred=true")).ShouldBe(["Bolt"]);
        // Waits until the page has processed the response to the click. Until then, the page ignores feed entries about
        // the star.
        await page.TakesIn();
        await person.Delete($"/api/items/{person.Known}/star");
        await Expect(page.Locator(".title .star")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task What_comes_back_from_the_archive_still_has_its_star()
    {
        var (page, person) = await browsing.AtList("Bolt");
        await Star(page, "Bolt").ClickAsync();
        await Expect(Chip(page)).ToHaveTextAsync("Starred · 1");
        await person.Delete($"/api/items/{person.Known}");
        await Expect(page.Rows()).ToHaveCountAsync(0);
        await person.Post($"/api/items/{person.Known}/restore");
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Without_scripts_the_star_is_a_form()
    {
        var page = await browsing.Window(scripts: false);
        var person = await browsing.SignInOn(page);
        await person.CreateItem("Bolt");
        await page.GotoAsync("/?sort=name");
        await Star(page, "Bolt").ClickAsync();
        await page.Arrives("/?sort=name");
        await Expect(page.Toasts()).ToContainTextAsync("Star added.");
        await Chip(page).ClickAsync();
        await page.Arrives("/?sort=name&starred=true");
        await Star(page, "Bolt").ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(0);
    }

    /// <summary>
    /// Presses the star seven times in a row. Each response is held back until the feed has reported the change.
    /// </summary>
    /// <returns>The request method of each request and "answered" for each response, in order.</returns>
    private static async Task<List<string>> PressSevenTimes(IPage page)
    {
        var (sent, over) = (new List<string>(), new TaskCompletionSource());
        await page.RouteAsync("**/star", async route =>
        {
            sent.Add(route.Request.Method);
            var answer = await route.FetchAsync();
            await page.WaitForFunctionAsync("(told) => heard >= told", (sent.Count + 1) / 2);
            sent.Add("answered");
            await route.FulfillAsync(new() { Response = answer });
            if (sent.Count == 14) over.TrySetResult();
        });
        await page.EvaluateAsync(
            """
            window.heard = window.flips = 0;
            document.addEventListener("feed:entry", ({ detail }) => heard += detail.kind.endsWith("starred") ? 1 : 0);
            const star = document.querySelector("#list button[name=star]");
            for (let n = 0; n < 7; n++) star.click();
            new MutationObserver((changes) => flips += changes.length)
              .observe(star, { attributeFilter: ["aria-pressed"] });
            """);
        await over.Task.Soon();
        return sent;
    }

    private static ILocator Chip(IPage page) => page.Locator("[data-stars]");

    private static ILocator Star(IPage page, string name) =>
        page.Row(name).GetByRole(AriaRole.Button, new() { Name = "Star" });
}
