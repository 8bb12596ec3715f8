using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>An administrator's day, with scripts and without.</summary>
public sealed class PeopleTests(Browsing browsing)
{
    private static int people;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Somebody_is_added_comes_in_by_the_link_is_locked_and_goes(bool scripts)
    {
        var (page, name) = (await browsing.Window(scripts), NewName());
        await browsing.SignInOn(page, isAdministrator: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People", Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("User name").FillAsync(name);
        await page.Press("Add person");
        await Expect(page.GetByLabel("The sign-in link.")).Not.ToHaveValueAsync("");
        var link = await page.GetByLabel("The sign-in link.").InputValueAsync();

        var theirs = await browsing.Window(scripts);
        await theirs.GotoAsync(link);
        await theirs.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await theirs.GetByLabel("Password again").FillAsync(TestApp.Password);
        await theirs.Press("Save and sign in");
        await theirs.Arrives("/");
        await theirs.GotoAsync(link);
        await Expect(theirs.GetByText("This link has been used")).ToBeVisibleAsync();

        await page.GotoAsync("/admin");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(name.ToUpperInvariant());
        if (!scripts) await page.Press("Search");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.org");
        await page.Press("Save");
        await Expect(page.GetByText("It is saved.")).ToBeVisibleAsync();
        await page.Press("Lock");
        await Expect(page.GetByText($"locked the account of {name}")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unlock" })).ToBeVisibleAsync();
        await theirs.GotoAsync("/settings");
        await theirs.Arrives("/login?next=%2Fsettings");

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete account" }).ClickAsync();
        await page.Press("Delete account");
        await page.Arrives("/admin");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(name);
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page.GetByText("No people found.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(page.GetByText("No people found.")).ToHaveCountAsync(0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Somebody_takes_their_data_and_leaves(bool scripts)
    {
        var page = await browsing.Window(scripts);
        var person = await browsing.SignInOn(page);
        await page.GotoAsync("/settings");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download my data" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("pacil.json");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete my account" }).ClickAsync();
        await page.GetByLabel("Password").FillAsync("wrong-otter-42");
        await page.Press("Delete for good");
        await Expect(page.GetByText("This is not your password.")).ToBeVisibleAsync();
        await page.GetByLabel("Password").FillAsync(TestApp.Password);
        await page.Press("Delete for good");
        await Expect(page.GetByText("Your account is deleted.")).ToBeVisibleAsync();
        (await person.Get("/api/me")).Status.ShouldBe(401);
    }

    private static string NewName() => $"guest{Interlocked.Increment(ref people)}";
}
