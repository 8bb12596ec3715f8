using Pacil.Data;
using Pacil.Tests.Chat;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Notifications.Blocks;

/// <summary>
/// After Budi blocks Ana, Ana's actions cause no notifications for Budi, and Ana does not learn that she is blocked.
/// </summary>
public sealed class BlockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Of_somebody_blocked_one_hears_of_stock_and_nothing_else(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        var lab = await ana.CreateWorkspace("Robot club");
        var invitation = (await ana.Post($"/api/w/{lab}/invitations", new { username = budi.Name })).Json;
        var before = (await ana.Get($"/api/w/{lab}/invitations")).Text;
        await budi.Notified(1);

        (await budi.Put($"/api/blocks/{ana.Id}")).Status.ShouldBe(204);

        await budi.NotifiedOnly();
        (await budi.Page("/workspaces")).Text.ShouldNotContain("Robot club");
        (await budi.Post(invitation.GetProperty("path").GetString()!)).ShouldBeProblem(404, "not_found");
        (await ana.Get($"/api/w/{lab}/invitations")).Text.ShouldBe(before);
        // Ana is blocked but gets the same responses as an account that is not blocked.
        (await ana.Post($"/api/w/{lab}/invitations", new { username = budi.Name })).Json.GetProperty("id").GetInt64()
            .ShouldBe(invitation.GetProperty("id").GetInt64());
        await ana.Say($"@{budi.Name} hello");
        var plain = await ana.Say("Hello");
        await ana.Patch($"/api/rooms/lobby/messages/{plain.Number("id")}", new { text = $"@{budi.Name} hello" });
        (await app.Entries(ana.Workspace)).Last(entry => entry.Kind == "message_posted").Data.ShouldContain("mentions");
        (await ana.Put($"/api/members/{budi.Id}", new { role = "manager" })).Status.ShouldBe(200);
        await ana.Move(await ana.Threshold("Bolt", 8), -4);
        await app.Settled(ana);
        await budi.NotifiedOnly($"{ana.Name}: Bolt is low: 4 pcs left.");
        (await budi.Get($"/api/w/{ana.Workspace}/rooms/lobby")).Json.Number("unread").ShouldBe(2);

        (await budi.Delete($"/api/blocks/{ana.Id}")).Status.ShouldBe(204);
        await ana.Say($"@{budi.Name} hello again");
        await budi.Notified(2);
    }

    [Theory, Databases]
    public async Task It_is_set_and_taken_back_as_often_as_one_likes_and_listed_for_oneself(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, stranger) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        for (var n = 0; n < 2; n++) (await budi.Put($"/api/blocks/{ana.Id}")).Status.ShouldBe(204);
        var blocked = (await budi.Get("/api/blocks")).Json.EnumerateArray().ShouldHaveSingleItem();
        blocked.EnumerateObject().Select(member => member.Name).ShouldBe(["account", "username", "at"]);
        (blocked.Number("account"), blocked.Text("username")).ShouldBe((ana.Id, ana.Name));
        (await ana.Get("/api/blocks")).Text.ShouldBe("[]");
        (await budi.Page("/settings")).Text.ShouldContain($"aria-label=\"Unblock {ana.Name}\"");

        // Budi cannot block his own account. He can block another account only if it shares a workspace with him, has
        // invited him, or appears in his notifications. Other ids get 404, so a client cannot find out which ids exist.
        foreach (var id in new[] { stranger.Id, budi.Id, 999_999 })
            (await budi.Put($"/api/blocks/{id}")).ShouldBeProblem(404, "not_found");
        (await budi.Post(
            "/api/batch", new { requests = new[] { new { method = "PUT", path = $"/api/blocks/{stranger.Id}" } } }))
            .Json.GetProperty("responses")[0].Number("status").ShouldBe(404);
        (await app.Stranger().Get("/api/blocks")).ShouldBeProblem(401, "not_signed_in");

        (await budi.SubmitForm($"/settings/blocks/{ana.Id}/remove")).Header("Location").ShouldBe("/settings");
        (await budi.Delete($"/api/blocks/{ana.Id}")).Status.ShouldBe(204);
        (await budi.Get("/api/blocks")).Text.ShouldBe("[]");
    }

    [Theory, Databases]
    public async Task One_declines_and_blocks_on_the_page_of_the_invitation(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var (lab, attic) = (await ana.CreateWorkspace("Lab"), await ana.CreateWorkspace("Attic"));
        var id = (await ana.Post($"/api/w/{lab}/invitations", new { username = budi.Name })).Json.Number("id");
        await ana.Post($"/api/w/{attic}/invitations", new { username = budi.Name });
        await budi.Notified(2);

        (await budi.SubmitForm($"/invitations/{id}/decline", ("block", "true"))).Header("Location")
            .ShouldBe("/workspaces");

        (await budi.Page("/workspaces")).Text.ShouldNotContain("href=\"/invitations/");
        (await budi.Get("/api/blocks")).Json[0].Number("account").ShouldBe(ana.Id);
        await budi.NotifiedOnly();
        var cellar = await ana.CreateWorkspace("Cellar");
        (await ana.Post($"/api/w/{cellar}/invitations", new { username = budi.Name })).Status.ShouldBe(201);
        while (await app.Due(cellar) > 0) await Task.Delay(20, Cancellation);
        await budi.NotifiedOnly();
    }

    [Theory, Databases]
    public async Task Twenty_requests_at_once_block_nobody_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, other) = (await app.SignIn(), await app.SignIn());
        var people = new List<Person>();
        for (var n = 0; n < 5; n++) people.Add(await app.Member(ana, ana.Workspace, Role.Viewer));
        // Inserts 499 blocked accounts by SQL, so that only one more account can be blocked.
        await app.Database.Write(Actor.Program, async tx =>
        {
            for (var n = 0; n < 499; n++)
                await tx.Execute(
                    """
                    with made as (
                      select @Name as name)
                    insert into account (
                      username, username_key, password_hash, security_stamp, time_zone, administrator,
                      inbox_id, workspace_id, version, created_at)
                    select name, name, '', '', 'UTC', @No, inbox_id, workspace_id, 1, created_at
                    from made, account where account.id = @Id
                    """, new { Name = $"{other.Name}-{n}", No = false, other.Id });
            return await tx.Execute(
                """
                insert into block (account_id, blocked_id, at)
                select @Me, id, created_at from account where username like @Like
                """, new { Me = ana.Id, Like = $"{other.Name}-%" });
        }, Cancellation);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => ana.Put($"/api/blocks/{people[n % 5].Id}")));
        var done = Enumerable.Range(0, 20).Where(n => replies[n].Status == 204).Select(n => n % 5).Distinct().ToList();
        done.Count.ShouldBe(1, "one more is allowed");
        foreach (var refused in replies.Where(reply => reply.Status != 204))
            refused.ShouldBeProblem(409, "too_many_blocks");
        (await ana.Get("/api/blocks")).Json.GetArrayLength().ShouldBe(500);
    }
}
