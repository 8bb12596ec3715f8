using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Items;

public sealed class SheetTests(Browsing browsing)
{
    [Fact]
    public async Task An_item_has_an_address_back_closes_it_and_the_list_stays_as_it_is()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        await ana.CreateItem("Nut", 1);
        await page.GotoAsync("/?search=bolt");
        var loads = page.CountLoads();
        var sheet = page.Locator("#sheet");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await Expect(sheet).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync($"/items/{bolt}");
        await ana.Post($"/api/items/{bolt}/movements", new { delta = 1 });
        await ana.CreateItem("Screw", 1);
        await Expect(sheet.GetByLabel("Amount")).ToHaveValueAsync("6");
        await page.GoBackAsync();
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync("/?search=bolt");
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("3 items · 8 pieces · 0 low");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.GoForwardAsync();
        await Expect(sheet).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync("/?search=bolt");
        loads().ShouldBe(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"/items/{bolt}");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bolt" })).ToBeVisibleAsync();
        await Expect(page.Locator(".stock [data-amount]")).ToHaveTextAsync("6");
    }

    [Fact]
    public async Task Another_item_opens_while_the_browser_still_goes_back_from_the_first()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        await page.EvaluateAsync(
            "void (history.back = () => setTimeout(() => History.prototype.back.call(history), 1000))");
        var sheet = page.Locator("#sheet");
        await Open("Bolt");
        await page.Keyboard.PressAsync("Escape");
        await Open("Nut");
        // The browser would go back now at the latest.
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await Expect(page).ToHaveURLAsync($"/items/{ana.Known}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync("/");
        await Expect(sheet).ToBeHiddenAsync();

        async Task Open(string name)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
            await Expect(sheet.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_rows_and_does_what_their_buttons_do()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        foreach (var name in new[] { "Bolt", "Nut" }) await ana.CreateItem(name, 5);
        await page.GotoAsync("/?sort=name");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Bolt" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("-");
        await Expect(page.Amount("Nut")).ToHaveTextAsync("6");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Row("Nut").Locator("[name=star]")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Row("Nut").Locator("[name=ids]")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Bolt" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("5");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        (await ana.Get("/api/items?search=nut")).Json[0].Integer("amount").ShouldBe(6);
    }
}
