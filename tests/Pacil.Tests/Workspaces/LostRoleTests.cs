using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Workspaces;

/// <summary>When a member loses a role, the invitations that could restore the role are revoked.</summary>
public sealed class LostRoleTests
{
    [Theory, Databases]
    public async Task Who_is_removed_or_leaves_keeps_no_invitation(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, citra) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        foreach (var isLeaving in new[] { false, true })
        {
            var budi = await app.Member(ana, lab, Role.Manager);
            var (theirs, hers) = (await Link(budi, lab), await Link(ana, lab));
            var named = await Link(ana, lab, "viewer", budi.Name);

            (await (isLeaving ? budi : ana).Delete($"/api/w/{lab}/members/{budi.Id}")).Status.ShouldBe(204);

            (await budi.Post(theirs)).ShouldBeProblem(409, "invitation_revoked");
            (await citra.Post(theirs)).ShouldBeProblem(409, "invitation_revoked");
            (await budi.Post(named)).ShouldBeProblem(409, "invitation_revoked");
            (await budi.Get($"/api/w/{lab}")).ShouldBeProblem(404, "not_found");
            (await citra.Get(hers)).Status.ShouldBe(200);
        }
    }

    [Theory, Databases]
    public async Task Who_gets_a_lower_role_keeps_no_invitation_that_it_could_not_make(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, citra) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        var budi = await app.Member(ana, lab, Role.Owner);
        var (high, low) = (await Link(budi, lab, "manager"), await Link(budi, lab, "editor"));
        var hers = await Link(ana, lab, "manager");

        (await ana.Put($"/api/w/{lab}/members/{budi.Id}", new { role = "manager" })).Status.ShouldBe(200);
        (await citra.Get(high)).ShouldBeProblem(409, "invitation_revoked");
        (await citra.Get(low)).Status.ShouldBe(200);
        (await ana.Put($"/api/w/{lab}/members/{budi.Id}", new { role = "editor" })).Status.ShouldBe(200);
        (await citra.Get(low)).ShouldBeProblem(409, "invitation_revoked");
        (await citra.Get(hers)).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Who_is_a_member_already_is_not_asked_in(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace("Robot club");
        var budi = await app.SignIn();
        var named = await Link(ana, lab, "viewer", budi.Name);
        (await budi.Page("/workspaces")).Text.ShouldContain(named);

        await ana.Admit(budi, Role.Viewer, lab);

        (await budi.Page("/workspaces")).Text.ShouldNotContain(named);
    }

    private static async Task<string> Link(
        Person person, long workspace, string role = "viewer", string? username = null)
    {
        var reply = await person.Post($"/api/w/{workspace}/invitations", new { role, username });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("path").GetString()!;
    }
}
