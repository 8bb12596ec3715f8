using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>One's own marks: pressed on one page, seen on all of one's pages.</summary>
public sealed class StarTests(Browsing browsing)
{
    [Fact]
    public async Task A_star_flips_at_once_and_every_page_of_ones_own_follows()
    {
        var (page, person) = await browsing.AtList("Bolt", "Nut");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.Live();

        // It does not wait for the server.
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
        await page.RouteAsync("**/star", route => route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"status": 409, "code": "no", "detail": "No more."}""" }));
        await Star(page, "Bolt").ClickAsync();
        await Expect(page.Toasts()).ToHaveTextAsync("No more.");
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.UnrouteAsync("**/star");

        await page.EvaluateAsync("for (let n = 0; n < 7; n++) document.querySelector('#list button[name=star]').click()");
        await Expect(Star(page, "Bolt")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.WaitForFunctionAsync("async () => (await (await fetch('/api/items?starred=true')).json()).length === 1");
        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator("#sheet").Press("Star");
        await Expect(Chip(page)).ToHaveTextAsync("Starred");
        await page.GotoAsync($"/items/{person.Known}");
        await page.Locator(".title").Press("Star");
        await page.WaitForFunctionAsync("async () => (await (await fetch('/api/items?starred=true')).json()).length === 1");
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
        await Expect(page.Toasts()).ToContainTextAsync("You have marked it with a star.");
        await Chip(page).ClickAsync();
        await page.Arrives("/?sort=name&starred=true");
        await Star(page, "Bolt").ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(0);
    }

    private static ILocator Chip(IPage page) => page.Locator("[data-stars]");

    private static ILocator Star(IPage page, string name) => page.Row(name).GetByRole(AriaRole.Button, new() { Name = "Star" });
}
