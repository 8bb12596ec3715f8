using Pacil.Data;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Workspaces;

public sealed class SharingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_link_lets_in_as_many_as_it_says_and_no_more(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace("Lab");
        var link = await Link(ana, lab, new { role = "editor" });

        var offer = (await budi.Get(link)).Json;
        (offer.GetProperty("workspace").GetString(), offer.GetProperty("role").GetString(),
            offer.GetProperty("invited_by").GetString())
            .ShouldBe(("Lab", "editor", ana.Name));
        (await budi.Get($"/api/w/{lab}")).ShouldBeProblem(404, "not_found");
        (await budi.Post(link)).Json.GetProperty("role").GetString().ShouldBe("editor");
        (await budi.Post($"/api/w/{lab}/items", new { name = "Bolt" })).Status.ShouldBe(201);
        // The person who accepted the invitation may open the link again. For other people, the link is used up.
        (await budi.Post(link)).Status.ShouldBe(200);
        (await citra.Post(link)).ShouldBeProblem(409, "invitation_used_up");
        (await citra.Get(link)).ShouldBeProblem(409, "invitation_used_up");
        (await app.Entries(lab)).Count(entry => entry.Kind == "member_joined").ShouldBe(1);
    }

    [Theory, Databases]
    public async Task What_was_taken_back_has_expired_or_was_never_there_lets_nobody_in(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        var link = await Link(ana, lab, new { role = "viewer", uses = 5 });
        var id = (await ana.Get($"/api/w/{lab}/invitations")).Json[0].GetProperty("id").GetInt64();
        (await ana.Delete($"/api/w/{lab}/invitations/{id}")).Status.ShouldBe(204);
        (await ana.Delete($"/api/w/{lab}/invitations/{id}")).Status.ShouldBe(204);
        (await budi.Post(link)).ShouldBeProblem(409, "invitation_revoked");

        var old = await Link(ana, lab, new { role = "viewer" });
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update invitation set expires_at = @Now where workspace_id = @Lab",
            new { tx.Now, Lab = lab }), Cancellation);
        (await budi.Post(old)).ShouldBeProblem(409, "invitation_expired");
        (await budi.Post("/invitations/made-up")).ShouldBeProblem(404, "not_found");
        (await budi.Post("/invitations/999999")).ShouldBeProblem(404, "not_found");
        (await budi.Get($"/api/w/{lab}")).ShouldBeProblem(404, "not_found");
    }

    [Theory, Databases]
    public async Task An_invitation_by_name_is_for_that_person_and_tells_nobody_whether_there_is_one(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        var real = await ana.Post(
            $"/api/w/{lab}/invitations", new { role = "viewer", username = budi.Name.ToUpperInvariant() });
        var nobody = await ana.Post($"/api/w/{lab}/invitations", new { role = "viewer", username = "nobody-at-all" });
        (real.Status, nobody.Status).ShouldBe((201, 201));
        (await ana.Post($"/api/w/{lab}/invitations", new { role = "viewer", username = "Jalan Mawar 7" }))
            .ShouldBeProblem(422, "invalid", "username");
        real.Json.GetProperty("secret").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        Shape(real).ShouldBe(Shape(nobody));

        var path = real.Json.GetProperty("path").GetString()!;
        (await citra.Post(path)).ShouldBeProblem(404, "not_found");
        (await citra.Post(nobody.Json.GetProperty("path").GetString()!)).ShouldBeProblem(404, "not_found");
        (await budi.Page("/workspaces")).Text.ShouldContain(path);
        (await budi.Post(path)).Status.ShouldBe(200);

        static string[] Shape(Reply reply) => [.. reply.Json.EnumerateObject().Select(member => member.Name)];
    }

    [Theory, Databases]
    public async Task Every_open_invitation_stands_on_the_page(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        for (var n = 0; n < 60; n++) await Link(ana, lab, new { role = "viewer" });

        (await ana.Page($"/w/{lab}/members")).Text.Split("/revoke\"").Length.ShouldBe(61);
    }

    [Theory, Databases]
    public async Task Of_two_who_take_the_last_use_at_once_one_comes_in(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        for (var round = 0; round < 5; round++)
        {
            var link = await Link(ana, lab, new { role = "viewer" });
            Person[] people = [await app.SignIn(), await app.SignIn(), await app.SignIn()];
            var statuses = await Task.WhenAll(people.Select(async person => (await person.Post(link)).Status));
            statuses.Order().ShouldBe([200, 409, 409]);
        }
    }

    [Theory, Databases]
    public async Task A_manager_gives_and_takes_only_what_is_below(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        var manager = await app.Member(ana, lab, Role.Manager);
        var (other, viewer) = (await app.Member(ana, lab, Role.Manager), await app.Member(ana, lab, Role.Viewer));
        var members = $"/api/w/{lab}/members";

        (await manager.Put($"{members}/{viewer.Id}", new { role = "editor" })).Json.GetProperty("role").GetString()
            .ShouldBe("editor");
        (await manager.Put($"{members}/{viewer.Id}", new { role = "manager" })).ShouldBeProblem(403, "role_too_high");
        (await manager.Put($"{members}/{viewer.Id}", new { role = "king" })).ShouldBeProblem(422, "invalid", "role");
        (await manager.Put($"{members}/{other.Id}", new { role = "viewer" })).ShouldBeProblem(403, "role_too_high");
        (await manager.Put($"{members}/{manager.Id}", new { role = "owner" })).ShouldBeProblem(403, "role_too_high");
        (await manager.Delete($"{members}/{ana.Id}")).ShouldBeProblem(403, "role_too_high");
        (await manager.Post($"/api/w/{lab}/invitations", new { role = "owner" })).ShouldBeProblem(403, "role_too_high");
        (await manager.Delete($"/api/w/{lab}")).ShouldBeProblem(403, "forbidden");
        (await manager.Put($"{members}/999999", new { role = "viewer" })).ShouldBeProblem(404, "not_found");
        (await manager.Delete($"{members}/{viewer.Id}")).Status.ShouldBe(204);
        (await viewer.Get($"/api/w/{lab}/items")).ShouldBeProblem(404, "not_found");
        (await ana.Get(members)).Json.EnumerateArray().Select(member => member.GetProperty("account").GetInt64())
            .ShouldBe([ana.Id, manager.Id, other.Id]);
    }

    [Theory, Databases]
    public async Task A_workspace_keeps_an_owner_and_can_be_handed_over(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        var budi = await app.Member(ana, lab, Role.Editor);
        var members = $"/api/w/{lab}/members";
        (await ana.Delete($"{members}/{ana.Id}")).ShouldBeProblem(409, "last_owner");
        (await ana.Put($"{members}/{ana.Id}", new { role = "viewer" })).ShouldBeProblem(409, "last_owner");

        (await ana.Put($"{members}/{budi.Id}", new { role = "owner" })).Status.ShouldBe(200);
        (await ana.Put($"{members}/{ana.Id}", new { role = "manager" })).Status.ShouldBe(200);
        (await ana.Delete($"/api/w/{lab}")).ShouldBeProblem(403, "forbidden");
        (await ana.Delete($"{members}/{ana.Id}")).Status.ShouldBe(204);
        (await budi.Delete($"{members}/{budi.Id}")).ShouldBeProblem(409, "last_owner");
        (await budi.Delete($"/api/members/{budi.Id}")).ShouldBeProblem(409, "personal_workspace");
        (await budi.Delete($"/api/w/{budi.Workspace}")).ShouldBeProblem(409, "personal_workspace");
    }

    [Theory, Databases]
    public async Task Of_two_owners_who_leave_at_once_one_stays(TestDatabase database)
    {
        var app = await TestApp.On(database);
        for (var round = 0; round < 5; round++)
        {
            var ana = await app.SignIn();
            var lab = await ana.CreateWorkspace();
            var budi = await app.Member(ana, lab, Role.Owner);
            var statuses = await Task.WhenAll(new[] { ana, budi }.Select(async person =>
                (await person.Delete($"/api/w/{lab}/members/{person.Id}")).Status));
            statuses.Order().ShouldBe([204, 409]);
        }
    }

    [Theory, Databases]
    public async Task A_closed_workspace_can_be_looked_at_and_opened_again(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        var budi = await app.Member(ana, lab, Role.Editor);
        await budi.Post($"/api/w/{lab}/items", new { name = "Bolt" });

        (await ana.Delete($"/api/w/{lab}")).Json.GetProperty("archived_at").GetString().ShouldNotBeNull();
        (await budi.Post($"/api/w/{lab}/items", new { name = "Nut" })).ShouldBeProblem(409, "workspace_closed");
        (await budi.Names($"/api/w/{lab}/items")).ShouldBe(["Bolt"]);
        (await ana.Patch($"/api/w/{lab}", new { name = "Shut" })).ShouldBeProblem(409, "workspace_closed");
        (await budi.Patch($"/api/w/{lab}", new { archived = false })).ShouldBeProblem(403, "forbidden");
        (await ana.Patch($"/api/w/{lab}", new { archived = false })).Json.GetProperty("archived_at").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await budi.Post($"/api/w/{lab}/items", new { name = "Nut" })).Status.ShouldBe(201);
    }

    [Theory, Databases]
    public async Task The_log_tells_who_came_went_and_changed_and_holds_no_secret(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace("Lab");
        var budi = await app.SignIn();
        var invited = await ana.Post($"/api/w/{lab}/invitations", new { role = "viewer", username = budi.Name });
        (await budi.Post(invited.Json.GetProperty("path").GetString()!, new { })).Status.ShouldBe(
            200, "as JSON, as a program may");
        var secret = (await Link(ana, lab, new { role = "viewer" })).Split('/')[^1];
        await ana.Put($"/api/w/{lab}/members/{budi.Id}", new { role = "editor" });
        await ana.Patch($"/api/w/{lab}", new { name = "Workshop" });
        await budi.Delete($"/api/w/{lab}/members/{budi.Id}");

        var entries = await app.Entries(lab);
        entries.Select(entry => (entry.Kind, entry.Data.Replace(" ", ""))).ShouldBe(
        [
            ("workspace_created", """{"name":"Lab"}"""),
            ("member_invited", """{"role":"viewer"}"""),
            ("member_joined", """{"role":"viewer"}"""),
            ("member_role_changed", """{"role":{"from":"viewer","to":"editor"}}"""),
            ("workspace_changed", """{"name":{"from":"Lab","to":"Workshop"}}"""),
            ("member_removed", "{}"),
        ]);
        var kept = await app.Database.Read(connection => connection.Query<byte[]>(
            "select body from idempotency where body is not null"), Cancellation);
        kept.ShouldAllBe(body => !System.Text.Encoding.UTF8.GetString(body).Contains(secret));
    }

    private static async Task<string> Link(Person person, long workspace, object body)
    {
        var reply = await person.Post(
            $"/api/w/{workspace}/invitations", body, ("Idempotency-Key", $"{Guid.NewGuid()}"));
        reply.Status.ShouldBe(201, reply.Text);
        reply.Json.GetProperty("path").GetString()
            .ShouldBe($"/invitations/{reply.Json.GetProperty("secret").GetString()}");
        return reply.Json.GetProperty("path").GetString()!;
    }
}
