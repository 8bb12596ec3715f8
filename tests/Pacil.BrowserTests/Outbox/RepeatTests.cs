using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Outbox;

public sealed class RepeatTests(Browsing browsing)
{
    [Fact]
    public async Task Whoever_is_signed_out_meanwhile_finds_it_done_after_signing_in_again()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.Locator("#create").GetByLabel("Name").FillAsync("Drill");
        await page.Context.ClearCookiesAsync();
        await page.Locator("#create").Press("Add item");
        await page.Arrives("/login?next=%2F");
        await browsing.SignInOn(page, ana);
        await Expect(page.Row("Drill")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        (await ana.Names("/api/items")).ShouldBe(["Drill"]);
    }

    [Fact]
    public async Task A_double_click_Enter_twice_the_back_button_and_a_second_tab_double_nothing()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.Locator("#create").GetByLabel("Name").FillAsync("Drill");
        await page.Locator("#create").GetByRole(AriaRole.Button, new() { Name = "Add item" }).DblClickAsync();
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.Locator("#create").GetByLabel("Name").FillAsync("Saw");
        await page.Keyboard.PressAsync("Enter");
        // If the first Enter has already closed the dialog, the second Enter activates the focused link, which opens an
        // empty form.
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Row("Saw")).ToHaveCountAsync(1);

        // The plain form on its own page is submitted three times with the same idempotency key: in the first tab, in a
        // second tab, and in the first tab again after going back.
        await page.GotoAsync("/create-item");
        var key = await page.Locator("main [name=idempotency_key]").InputValueAsync();
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync("/create-item");
        await tab.Locator("main [name=idempotency_key]").EvaluateAsync("(field, key) => { field.value = key; }", key);
        foreach (var each in new[] { page, tab, page })
        {
            if (!each.Url.EndsWith("/create-item")) await each.GoBackAsync();
            await each.Locator("main [name=idempotency_key]")
                .EvaluateAsync("(field, key) => { field.value = key; }", key);
            await each.Locator("main").GetByLabel("Name").FillAsync("Hammer");
            await each.Locator("main form").Press("Add item");
            await each.Arrives("/");
        }

        (await ana.Names("/api/items?sort=name")).ShouldBe(["Drill", "Hammer", "Saw"]);
    }
}
