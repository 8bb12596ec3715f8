using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class TokenTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_made_shown_once_used_and_revoked(bool scripts)
    {
        var page = await browsing.Window(scripts);
        var person = await browsing.SignInOn(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Label printer");
        await page.GetByLabel("What it can do").SelectOptionAsync("view and change");
        await Expect(page.GetByLabel("Expires")).ToHaveValueAsync("90");
        await page.Press("Create token");

        await page.Arrives("/settings/tokens");
        var field = page.GetByLabel("The token for Label printer");
        await Expect(field).Not.ToBeEditableAsync();
        var secret = await field.InputValueAsync();
        var program = person.Program(secret);
        await program.CreateItem("Printed");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy" }))
            .ToBeVisibleAsync(new() { Visible = scripts });
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeEmptyAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).First.ClickAsync();
        await page.Arrives("/settings");
        (await page.ContentAsync()).ShouldNotContain(secret);
        await Expect(page.Locator(".tokens")).ToContainTextAsync("view and change · last used now · expires ");
        await page.Press("Revoke Label printer");
        await Expect(page.GetByText("The token was revoked.")).ToBeVisibleAsync();
        await Expect(page.Locator(".tokens")).ToHaveCountAsync(0);
        (await program.Get("/api/items")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_button_copies_it_and_a_blank_name_is_said_before_anything_is_sent()
    {
        var page = await browsing.SignedIn();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/settings");
        await page.Press("Create token");
        await Expect(page.Locator(".card:has(.hint) [data-error-for=name]")).ToHaveTextAsync("Please fill this in.");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Scanner");
        await page.Press("Create token");
        await page.Arrives("/settings/tokens");
        await page.Press("Copy");

        await Expect(page.GetByText("Copied.")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()"))
            .ShouldBe(await page.GetByLabel("The token for Scanner").InputValueAsync());
    }
}
