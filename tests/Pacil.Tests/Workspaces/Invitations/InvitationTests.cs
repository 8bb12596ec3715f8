using System.Text.Json;
using Pacil.Data;
using Pacil.Tests.Admin;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Workspaces.Invitations;

/// <summary>Invitations by user name: what the invited person receives and what the inviter learns.</summary>
public sealed class InvitationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_second_invitation_of_a_name_renews_the_first_and_notifies_again_only_of_a_higher_role(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        foreach (var name in new[] { budi.Name, $"nobody-{budi.Name}" })
        {
            var first = await Invite(ana, lab, name, "viewer");
            var again = await Invite(ana, lab, name.ToUpperInvariant(), "viewer", days: 30);
            var part = (await ana.Post("/api/batch", new
            {
                requests = new[] { new { method = "POST", path = $"/api/w/{lab}/invitations",
                    body = new { username = name } } },
            })).Json.GetProperty("responses")[0].GetProperty("body");
            (Id(again), Id(part)).ShouldBe((Id(first), Id(first)));
            Shape(again).ShouldBe(Shape(first));
            Expiry(again).ShouldBeGreaterThan(Expiry(first));
            (await Open(ana, lab)).Count(one => Id(one) == Id(first)).ShouldBe(1);
        }
        (await Open(ana, lab)).Count.ShouldBe(2);
        await app.Settled(lab);
        var told = (await budi.Notified(1))[0];

        foreach (var role in new[] { "editor", "viewer", "editor", "viewer" })
        {
            await Invite(ana, lab, budi.Name, role);
            await app.Settled(lab);
        }
        var higher = (await budi.Notified(1))[0];
        higher.Id().ShouldBeGreaterThan(told.Id());
        await budi.Bell("1");
        (await budi.Page($"/notifications/{higher.Id()}")).Header("Location")
            .ShouldBe($"/invitations/{Id((await Open(ana, lab))[0])}");
        (await app.Entries(await app.InboxOf(budi))).Count(entry => entry.Kind == "notification_added").ShouldBe(2);
    }

    [Theory, Databases]
    public async Task One_account_is_reached_by_so_many_open_invitations_and_nobody_learns_of_the_rest(
        TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var (budi, citra) = (await app.SignIn(), await app.SignIn());
        Person[] inviters = [await app.SignIn(), await app.SignIn(), await app.SignIn()];
        var labs = new List<(Person By, long Lab)>();
        foreach (var by in inviters)
            for (var n = 0; n < 30; n++) labs.Add((by, await by.CreateWorkspace($"{by.Name}'s {n}")));
        foreach (var (by, lab) in labs)
        {
            var (known, unknown) = (await Invite(by, lab, budi.Name), await Invite(by, lab, "nobody-at-all"));
            Shape(known).ShouldBe(Shape(unknown));
            (await app.Entries(lab)).Select(entry => entry.Kind)
                .ShouldBe(["workspace_created", "member_invited", "member_invited"]);
            await app.Settled(lab);
        }
        // One inviter can fill half of the limit of 50 open invitations for one person, so the first two inviters fill
        // all of it.
        var told = await budi.Notified(50, "?limit=200");
        inviters.Select(by => told.Count(one => one.Text().StartsWith(by.Name))).ShouldBe([25, 25, 0]);
        (await budi.Page("/workspaces")).Text.Split("href=\"/invitations/").Length.ShouldBe(51);
        await Invite(inviters[2], labs[^1].Lab, citra.Name);
        await citra.Notified(1);

        // The declined invitation frees one slot, and the renewed invitation fills it.
        (await budi.Post($"/invitations/{await Subject(app, told[0])}/decline")).Status.ShouldBe(204);
        await app.Settled(told[0].GetProperty("workspace").GetInt64());
        await Invite(inviters[2], labs[^1].Lab, budi.Name);
        await app.Settled(labs[^1].Lab);
        (await budi.Notified(50, "?limit=200"))[0].Text().ShouldStartWith(inviters[2].Name);
    }

    [Theory, Databases]
    public async Task One_account_invites_so_many_by_name_in_an_hour_whether_there_is_somebody_or_not(
        TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { InvitationsPerHour = 4 });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        foreach (var name in new[] { budi.Name, "nobody", budi.Name, "nobody-else" }) await Invite(ana, lab, name);

        foreach (var name in new[] { budi.Name, "nobody" })
        {
            (await ana.Post($"/api/w/{lab}/invitations", new { username = name }))
                .ShouldBeProblem(429, "too_many_requests").Header("Retry-After").ShouldBe("600");
            (await ana.SubmitForm($"/w/{lab}/members", ("username", name), ("role", "viewer"))).Status.ShouldBe(429);
            (await ana.Post("/api/batch", new
            {
                requests = new[] { new { method = "POST", path = $"/api/w/{lab}/invitations",
                    body = new { username = name } } },
            })).Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(429);
        }
        (await ana.Post($"/api/w/{lab}/invitations", new { role = "viewer" })).Status.ShouldBe(
            201, "a link reaches nobody by itself");
        (await budi.Post("/api/invitations", new { username = ana.Name })).Status.ShouldBe(201);
    }

    [Theory, Databases]
    public async Task Who_declines_is_asked_no_more_and_it_looks_as_with_a_name_that_nobody_has(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace("Robot club");
        var id = Id(await Invite(ana, lab, budi.Name));
        var before = (await Open(ana, lab)).ConvertAll(one => one.GetRawText());
        await budi.Notified(1);
        (await budi.Page($"/invitations/{id}")).Text.ShouldContain($"formaction=\"/invitations/{id}/decline\"");
        (await citra.Post($"/invitations/{id}/decline")).ShouldBeProblem(404, "not_found");

        (await budi.SubmitForm($"/invitations/{id}/decline")).Header("Location").ShouldBe("/workspaces");

        (await budi.Page("/workspaces")).Text.ShouldNotContain("Robot club");
        (await budi.Post($"/invitations/{id}")).ShouldBeProblem(404, "not_found");
        (await budi.Post($"/invitations/{id}/decline")).ShouldBeProblem(404, "not_found");
        await budi.NotifiedOnly();
        await budi.Bell("0");
        (await Open(ana, lab)).ConvertAll(one => one.GetRawText()).ShouldBe(before);
        // A renewed invitation appears on the page again but causes no notification.
        await Invite(ana, lab, budi.Name);
        await app.Settled(lab);
        (await budi.Page("/workspaces")).Text.ShouldContain("Robot club");
        await budi.NotifiedOnly();
        (await budi.Post($"/invitations/{id}")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task An_invitation_that_is_gone_is_in_no_list_and_counted_by_no_bell(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var administrator = await app.SignIn();
        var (ana, dian, budi) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace("Lab");
        var member = await app.Member(ana, lab, Role.Manager);
        foreach (var end in new Func<long, Task<Reply>>[]
                 {
                     id => ana.Delete($"/api/w/{lab}/invitations/{id}"),
                     _ => ana.Delete($"/api/w/{lab}/members/{member.Id}"),
                 })
        {
            var id = Id(await Invite(member, lab, budi.Name));
            await budi.NotifiedOnly($"{member.Name} invited you to Lab.");
            (await end(id)).Status.ShouldBe(204);
            await budi.NotifiedOnly();
        }
        await Invite(dian, await dian.CreateWorkspace("Attic"), budi.Name);
        await budi.NotifiedOnly($"{dian.Name} invited you to Attic.");
        (await administrator.Delete($"/api/users/{dian.Id}")).Status.ShouldBe(204);
        await budi.NotifiedOnly();
        await budi.Bell("0");
    }

    [Theory, Databases]
    public async Task What_is_of_no_use_any_more_is_swept_after_a_month_in_steps(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var ids = new List<long>();
        for (var n = 0; n < 5; n++) ids.Add(Id(await Invite(ana, await ana.CreateWorkspace($"Lab {n}"), budi.Name)));
        (await budi.Post($"/invitations/{ids[1]}")).Status.ShouldBe(200);
        await Age(app, ids[0], "expires_at", 31);
        await Age(app, ids[1], "expires_at", 31);
        await Age(app, ids[2], "revoked_at", 31);
        await Age(app, ids[3], "expires_at", 29);
        await app.Database.Write(Actor.Program, async tx =>
        {
            for (var n = 0; n < 2_100; n++)
                await tx.Execute(
                    """
                    insert into invitation (workspace_id, role, uses_left, expires_at, created_at, created_by)
                    values (@Workspace, 1, 1, @Old, @Old, @Id)
                    """, new { ana.Workspace, ana.Id, Old = tx.Now.AddDays(-40) });
            return 0;
        }, Cancellation);

        (await app.Sweep()).ShouldBe(2_103);
        var left = await app.Database.Read(
            connection => connection.Query<long>("select id from invitation order by id"), Cancellation);
        left.ShouldBe([ids[3], ids[4]]);
        await budi.NotifiedOnly($"{ana.Name} invited you to Lab 3.", $"{ana.Name} invited you to Lab 4.");
        (await app.Sweep()).ShouldBe(0);
        // The id of a deleted invitation is never used again.
        await Age(app, ids[4], "expires_at", 31);
        (await app.Sweep()).ShouldBe(1);
        Id(await Invite(ana, ana.Workspace, budi.Name)).ShouldBeGreaterThan(ids[4] + 2_000);
    }

    [Theory, Databases]
    public async Task An_erased_name_is_in_no_invitation_not_even_in_one_that_was_declined(TestDatabase database)
    {
        var (app, administrator, budi) = await Administering.Start(database);
        await using var _ = app;
        var lab = await administrator.CreateWorkspace();
        var id = Id(await Invite(administrator, lab, budi.Name));
        await budi.Post($"/invitations/{id}/decline", new { block = true });

        (await administrator.Delete($"/api/users/{budi.Id}")).Status.ShouldBe(204);

        (await app.Database.Read(connection => connection.Query<string>(
            "select username || coalesce(username_key, '') from invitation"),
            Cancellation)).ShouldBe(["former member"]);
        (await app.Database.Read(connection => connection.First<long>("select count(*) from block"), Cancellation))
            .ShouldBe(0);
    }

    private static Task<int> Age(TestApp app, long id, string column, int days) =>
        app.Database.Write(Actor.Program, tx =>
            tx.Execute($"update invitation set {column} = @At where id = @Id",
                new { Id = id, At = tx.Now.AddDays(-days) }), Cancellation);

    private static Task<long> Subject(TestApp app, JsonElement told) =>
        app.Database.Read(connection => connection.First<long>(
            "select subject_id from entry where feed_id = @Feed and seq = @Seq",
            new { Feed = told.GetProperty("workspace").GetInt64(), Seq = told.GetProperty("entry").GetInt64() }),
            Cancellation);

    private static async Task<JsonElement> Invite(
        Person by, long workspace, string name, string role = "viewer", int days = 7)
    {
        var reply = await by.Post(
            $"/api/w/{workspace}/invitations", new { role, username = name, expires_in_days = days });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json;
    }

    private static async Task<List<JsonElement>> Open(Person by, long workspace) =>
        [.. (await by.Get($"/api/w/{workspace}/invitations")).Json.EnumerateArray()];

    private static long Id(JsonElement invitation) => invitation.GetProperty("id").GetInt64();

    private static DateTime Expiry(JsonElement invitation) => invitation.GetProperty("expires_at").GetDateTime();

    private static string[] Shape(JsonElement invitation) =>
        [.. invitation.EnumerateObject().Select(member => member.Name)];
}
