using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Items;

/// <summary>
/// The page accepts numbers in the format of its language and reports other numbers as errors at the field.
/// TypedNumberTests covers forms that are sent without browser scripts.
/// </summary>
public sealed class NumberTests(Browsing browsing)
{
    [Theory, InlineData("en", ","), InlineData("id", ".")]
    public async Task A_thousand_is_typed_as_it_is_shown(string language, string group)
    {
        var (page, ana) = await At(language);
        await Expect(page.Amount("Bolt")).ToHaveTextAsync($"5{group}000");
        await Create(page, "Nut", $"1{group}000");
        await Expect(page.Amount("Nut")).ToHaveTextAsync($"1{group}000");
        await Create(page, "Saw", "2\u202f000");
        await Expect(page.Amount("Saw")).ToHaveTextAsync($"2{group}000");

        await page.GotoAsync($"/items/{ana.Known}");
        await Live(page);
        await page.Locator("[name=quantity]").FillAsync($"1{group}000");
        await page.Locator("[name=quantity]").PressAsync("Enter");
        await Expect(page.Locator(".stock b")).ToHaveTextAsync($"4{group}000");
        await page.Locator("[name=amount]").FillAsync($"3{group}000");
        await page.Locator("[name=threshold]").FillAsync($"3{group}500");
        await page.Locator("[name=threshold]").PressAsync("Enter");
        await Expect(page.Locator(".stock b")).ToHaveTextAsync($"3{group}000");
        await Waiting.Until(async () => (await ana.Item(ana.Known)).GetProperty("threshold").ToString() == "3500",
            "the threshold is saved");

        await page.GotoAsync("/");
        await Live(page);
        await page.Row("Bolt").Locator("[name=ids]").CheckAsync();
        var how = page.Locator("#bulk [name=value]");
        await how.FillAsync("1,5");
        await how.PressAsync("Enter");
        await Expect(page.Toasts()).Not.ToBeEmptyAsync();
        await Expect(how).ToBeFocusedAsync();
        await Expect(page.Locator("#bulk-preview")).ToBeHiddenAsync();
        await how.FillAsync($"1{group}000");
        await how.PressAsync("Enter");
        await Expect(page.Locator("#bulk-preview")).ToContainTextAsync($"1{group}000");
        await page.Locator("#bulk-preview [data-confirm]").ClickAsync();
        await Expect(page.Amount("Bolt")).ToHaveTextAsync($"2{group}000");
    }

    [Theory, InlineData("en", "1.000"), InlineData("id", "1,000")]
    public async Task What_may_mean_another_number_is_refused_at_the_field(string language, string other)
    {
        var (page, ana) = await At(language);
        await page.Locator("[data-dialog=create]").First.ClickAsync();
        await page.Locator("#create [name=name]").FillAsync("Nut");
        foreach (var typed in new[] { other, "1,5", "1.5", "1e3", "+5", "١٢", "1.00.000", "0x10" })
        {
            await page.Locator("#create [name=amount]").FillAsync(typed);
            await page.Locator("#create [name=amount]").PressAsync("Enter");
            await Expect(page.Locator("#create [data-error-for=amount]")).ToHaveTextAsync(
                language == "en" ? "This must be a whole number." : "Ini harus berupa bilangan bulat.");
            await page.Locator("#create [name=amount]").FillAsync("");
        }
        (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(1);
        await page.Locator("#create [name=amount]").FillAsync("-1");
        await page.Locator("#create [name=amount]").PressAsync("Enter");
        await Expect(page.Locator("#create [data-error-for=amount]")).ToContainTextAsync("0");
    }

    private static async Task Create(IPage page, string name, string amount)
    {
        await page.Locator("[data-dialog=create]").First.ClickAsync();
        await page.Locator("#create [name=name]").FillAsync(name);
        await page.Locator("#create [name=amount]").FillAsync(amount);
        await page.Locator("#create [name=amount]").PressAsync("Enter");
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
    }

    /// <summary>
    /// Waits until the page's feed connection is open. Unlike ListPage.Live, this method works in every language.
    /// </summary>
    private static Task Live(IPage page) =>
        Expect(page.Locator("[data-live=live]")).ToBeVisibleAsync(new() { Timeout = 10_000 });

    /// <summary>Opens a list in that language. The list has one item, "Bolt", with the amount 5000.</summary>
    private async Task<(IPage Page, Person Ana)> At(string language)
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        await ana.Patch("/api/me", new { language });
        ana.Known = await ana.CreateItem("Bolt", 5000);
        await page.GotoAsync("/");
        await Live(page);
        return (page, ana);
    }
}
