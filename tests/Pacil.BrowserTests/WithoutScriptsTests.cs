using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

public sealed class WithoutScriptsTests(Browsing browsing)
{
    [Fact]
    public async Task A_person_can_do_everything()
    {
        var page = await browsing.Window(scripts: false);
        await page.GotoAsync("/register");
        await page.GetByLabel("User name").FillAsync("scriptless");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await page.GetByLabel("Confirm password").FillAsync(TestApp.Password);
        await page.Press("Create account");
        await page.GetByLabel("User name").FillAsync("scriptless");
        await page.GetByLabel("Password").FillAsync(TestApp.Password);
        await page.Press("Sign in");

        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.Arrives("/create-item");
        await page.GetByLabel("Name").FillAsync("Bolt");
        await page.GetByLabel("Amount").FillAsync("5");
        await page.Press("Add item");
        await Expect(page.GetByText("Bolt was added.")).ToBeVisibleAsync();
        await page.Press("Take one");
        await Expect(page.Locator("[data-amount]").First).ToHaveTextAsync("4");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await page.GetByLabel("How many").FillAsync("10");
        await page.Press("Receive");
        await Expect(page.Locator(".stock b")).ToHaveTextAsync("14");
        await page.GetByLabel("Name").FillAsync("Étagère");
        await page.Press("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Étagère" })).ToBeVisibleAsync();
        await page.Press("Archive");
        await Expect(page.GetByText("Nothing here yet.")).ToBeVisibleAsync();
        await page.Press("Undo");
        await Expect(page.Rows()).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("etag");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await page.Arrives("/?search=etag");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByLabel("Language").SelectOptionAsync("id");
        await page.Press("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pengaturan" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Keluar" }).ClickAsync();
        await page.Press("Keluar");
        await page.Arrives("/login");
    }

    [Fact]
    public async Task Two_who_edit_one_item_lose_nothing_of_each_other()
    {
        var page = await browsing.Window(scripts: false);
        var ana = await browsing.SignInOn(page);
        var budi = await browsing.SignInOn(await browsing.Window(scripts: false));
        await ana.Admit(budi, Role.Editor);
        var item = await ana.CreateItem("Bolt", 10);
        var address = $"/api/w/{ana.Workspace}/items/{item}";
        await page.GotoAsync($"/items/{item}");
        await page.GetByLabel("Description").FillAsync("What ana wrote");
        await budi.Patch(address, new { description = "What budi wrote", unit = "kg" });
        await budi.Post($"{address}/movements", new { delta = -4 });

        await page.Press("Save");
        await Expect(page.GetByText($"{budi.Name} changed this to “What budi wrote” in the meantime."))
            .ToBeVisibleAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("What ana wrote");
        await Expect(page.GetByLabel("Unit")).ToHaveValueAsync("kg");
        await Expect(page.GetByLabel("Amount")).ToHaveValueAsync("6");

        await page.Press("Save");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("What ana wrote");
        await Expect(page.GetByLabel("Unit")).ToHaveValueAsync("kg");
        await Expect(page.Locator(".stock b")).ToHaveTextAsync("6");
    }
}
