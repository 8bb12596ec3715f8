using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

public sealed class SharingTests(Browsing browsing)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task An_invitation_leads_from_the_link_to_the_first_look(bool scripts)
    {
        var ana = await browsing.SignedIn(scripts);
        await ana.GetByRole(AriaRole.Link, new() { Name = "switch workspace" }).ClickAsync();
        await ana.GetByLabel("Name").FillAsync("Robot club");
        await ana.Press("Create workspace");
        await Expect(ana.GetByRole(AriaRole.Heading, new() { Name = "Robot club" })).ToBeVisibleAsync();
        await ana.GetByRole(AriaRole.Link, new() { Name = "Members", Exact = true }).ClickAsync();
        await ana.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("editor");
        await ana.Press("Invite");
        var link = await ana.GetByLabel("The invitation link.").InputValueAsync();
        await ana.ReloadAsync();
        await Expect(ana.GetByLabel("The invitation link.")).ToHaveCountAsync(0);
        await Expect(ana.GetByText("Anyone with the link")).ToBeVisibleAsync();

        var budi = await browsing.Window(scripts);
        var person = await browsing.NewPerson();
        await budi.GotoAsync(link);
        await budi.GetByLabel("User name").FillAsync(person.Name);
        await budi.GetByLabel("Password").FillAsync(TestApp.Password);
        await budi.Press("Sign in");
        await Expect(budi.GetByText("invites you to join “Robot club” as Editor.")).ToBeVisibleAsync();
        await budi.Press("Accept");
        await Expect(budi.GetByRole(AriaRole.Heading, new() { Name = "Robot club" })).ToBeVisibleAsync();
        await Expect(budi.GetByText("You are now a member.")).ToBeVisibleAsync();
        if (scripts) await Expect(ana.Locator("#people").GetByText(person.Name)).ToBeVisibleAsync();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_invitation_is_declined_and_whoever_made_it_blocked_until_one_thinks_better_of_it(bool scripts)
    {
        var ana = await browsing.NewPerson();
        var page = await browsing.Window(scripts);
        var budi = await browsing.SignInOn(page);
        foreach (var name in new[] { "Attic", "Robot club" })
            await ana.Post($"/api/w/{await ana.CreateWorkspace(name)}/invitations", new { username = budi.Name });
        await page.GotoAsync("/workspaces");
        await page.GetByRole(AriaRole.Link, new() { Name = "View" }).First.ClickAsync();
        await page.Press("Decline");
        await Expect(page.GetByText("The invitation was declined.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Attic")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "View" }).ClickAsync();
        await page.Press("Decline and block");
        await Expect(page.GetByText("and blocked the person who sent it")).ToBeVisibleAsync();
        await Expect(page.GetByText("Robot club")).ToHaveCountAsync(0);

        await page.GotoAsync("/settings");
        await page.Press($"Unblock {ana.Name}");
        await Expect(page.GetByText("They are no longer blocked.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Unblock {ana.Name}" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_changed_role_hides_and_shows_controls_at_once_and_a_removal_ends_the_stream()
    {
        var owner = await browsing.NewPerson();
        var workspace = await owner.CreateWorkspace("Lab");
        await owner.Post($"/api/w/{workspace}/items", new { name = "Bolt", amount = 3 });
        var page = await browsing.Window();
        var member = await browsing.SignInOn(page);
        await owner.Admit(member, Role.Editor, workspace);
        await page.GotoAsync($"/w/{workspace}/");
        await page.Live();
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take one" });
        await Expect(take).ToBeVisibleAsync();

        await owner.Put($"/api/w/{workspace}/members/{member.Id}", new { role = "viewer" });
        await Expect(take).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add item" })).ToBeHiddenAsync();
        await owner.Put($"/api/w/{workspace}/members/{member.Id}", new { role = "editor" });
        await Expect(take).ToBeVisibleAsync();

        await owner.Delete($"/api/w/{workspace}/members/{member.Id}");
        await Expect(page).ToHaveURLAsync("/");
        await Expect(page.GetByText("Bolt")).ToHaveCountAsync(0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Roles_are_given_and_taken_on_the_members_page(bool scripts)
    {
        var page = await browsing.Window(scripts);
        var owner = await browsing.SignInOn(page);
        var member = await browsing.NewPerson();
        var workspace = await owner.CreateWorkspace("Lab");
        await owner.Admit(member, Role.Viewer, workspace);
        await page.GotoAsync($"/w/{workspace}/members");
        var row = page.Locator($"#member-{member.Id}");
        await row.GetByLabel($"Role of {member.Name}").SelectOptionAsync("manager");
        await row.Press("Save");
        await Expect(page.GetByText("The role was changed.")).ToBeVisibleAsync();
        await Expect(row.GetByLabel($"Role of {member.Name}")).ToHaveValueAsync("manager");
        await row.Press($"Remove {member.Name}");
        await Expect(page.GetByText("The member was removed.")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        await page.Press("Leave");
        await Expect(page.GetByText("A workspace needs an owner. Make someone else an owner first."))
            .ToBeVisibleAsync();
    }
}
