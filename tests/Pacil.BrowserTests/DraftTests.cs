using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class DraftTests(Browsing browsing)
{
    [Fact]
    public async Task Signing_out_deletes_the_accounts_own_drafts_from_the_browser_and_no_others()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var (own, other) = ($"draft:{ana.Id}:item:1", $"draft:{ana.Id + 1}:item:1");
        await page.GotoAsync("/logout");
        await page.EvaluateAsync(
            "(drafts) => { for (const draft of drafts) localStorage.setItem(draft, '{}'); }", new[] { own, other });

        await page.Press("Sign out");
        await page.Arrives("/login");

        (await page.EvaluateAsync<string[]>("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))"))
            .ShouldBe([other]);
    }

    [Fact]
    public async Task What_is_typed_is_there_again_on_another_device_until_it_is_sent_or_discarded()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var item = await ana.CreateItem("Drill", 1);
        var path = $"/items/{item}";
        await page.GotoAsync(path);
        var form = page.Locator("form[data-item]");
        await form.GetByLabel("Name").FillAsync("Drill, red");
        await page.GetByRole(AriaRole.Link, new() { Name = "Discussion" }).ClickAsync();
        await page.Locator("#say").FillAsync("It is");
        await Expect(form.Locator("[data-drafted]")).ToHaveTextAsync("Draft saved");
        await Expect(page.Locator("[data-say] [data-drafted]")).ToHaveTextAsync("Draft saved");

        var other = await browsing.Window();
        await other.Takes(await page.Context.CookiesAsync());
        await other.GotoAsync(path);
        form = other.Locator("form[data-item]");
        await Expect(form.GetByLabel("Name")).ToHaveValueAsync("Drill, red");
        await Expect(form.GetByLabel("Amount")).ToHaveValueAsync("1");
        await other.GetByRole(AriaRole.Link, new() { Name = "Discussion" }).ClickAsync();
        await Expect(other.Locator("#say")).ToHaveValueAsync("It is");
        await other.RunAndWaitForResponseAsync(() => other.Locator("#say").PressAsync("Enter"), IsForgotten);
        await Expect(other.Locator(".said [data-text]")).ToHaveTextAsync("It is");
        await other.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await other.RunAndWaitForResponseAsync(() => form.Press("Save"), IsForgotten);
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Drill, red" })).ToBeVisibleAsync();

        await Restore(page);
        await Expect(page.Locator("#say")).ToHaveValueAsync("");
        await page.Locator("#say").FillAsync("Nonsense");
        await Expect(page.Locator("[data-say] [data-drafted]")).ToHaveTextAsync("Draft saved");
        await page.ReloadAsync();
        await Expect(page.Locator("#say")).ToHaveValueAsync("Nonsense");
        await page.RunAndWaitForResponseAsync(() => page.Press("Discard it"), IsForgotten);
        await Expect(page.Locator("#say")).ToHaveValueAsync("");
        await Restore(page);
        await Expect(page.Locator("#say")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_into_the_dialog_of_a_new_item_is_there_when_it_opens_again_until_it_is_added()
    {
        var page = await browsing.SignedIn();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.Locator("#create").GetByLabel("Name").FillAsync("Drill");
        await Expect(page.Locator("#create [data-drafted]")).ToHaveTextAsync("Draft saved");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await Expect(page.Locator("#create").GetByLabel("Name")).ToHaveValueAsync("Drill");
        await page.Locator("#create").Press("Add item");
        await Expect(page.Row("Drill")).ToBeVisibleAsync();
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await Expect(page.Locator("#create").GetByLabel("Name")).ToHaveValueAsync("");
        await Expect(page.Locator("#create [data-drafted]")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_draft_from_before_anothers_change_overwrites_nothing()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var item = await ana.CreateItem("Drill", 5);
        await page.GotoAsync($"/items/{item}");
        await page.Locator("form[data-item]").GetByLabel("Name").FillAsync("Mine");
        await Expect(page.Locator("form[data-item] [data-drafted]")).ToHaveTextAsync("Draft saved");
        await page.GotoAsync("/settings");
        await ana.Patch($"/api/items/{item}", new { name = "Theirs" });
        await ana.Post($"/api/items/{item}/movements", new { delta = -2 });

        await page.GotoAsync($"/items/{item}");
        await Expect(page.Locator("form[data-item]").GetByLabel("Name")).ToHaveValueAsync("Mine");
        await Expect(page.Locator("form[data-item]").GetByLabel("Amount")).ToHaveValueAsync("3");
        var form = page.Locator("form[data-item]");
        await Expect(form.GetByText("Someone changed this to “Theirs” in the meantime.")).ToBeVisibleAsync();
        // A later change of another field does not resolve the conflict in the Name field.
        await ana.Post($"/api/items/{item}/movements", new { delta = -1 });
        await Expect(form.GetByLabel("Amount")).ToHaveValueAsync("2");
        await form.Press("Save");
        await Expect(page.Toasts()).ToContainTextAsync("Choose which value to keep");
        (await ana.Item(item)).GetProperty("name").GetString().ShouldBe("Theirs");
        await form.Press("Keep mine");
        await form.Press("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mine" })).ToBeVisibleAsync();
        var saved = await ana.Item(item);
        (saved.GetProperty("name").GetString(), saved.GetProperty("amount").GetInt64()).ShouldBe(("Mine", 2));
    }

    private static bool IsForgotten(IResponse response) =>
        response.Request.Method == "DELETE" && response.Url.Contains("/api/drafts/");

    /// <summary>Reloads the page and waits until the page has received its draft from the server.</summary>
    private static async Task Restore(IPage page)
    {
        await page.RunAndWaitForResponseAsync(
            () => page.ReloadAsync(), response => response.Url.Contains("/api/drafts/")
                || response.Url.EndsWith("/api/batch"));
        await page.TakesIn();
    }
}
