using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;
using Pacil.Workspaces;

namespace Pacil.Tests.Admin;

/// <summary>
/// Tests that there is always at least one active administrator, and that locking an account ends its sessions, tokens
/// and streams.
/// </summary>
public sealed class AdministratorTests
{
    [Theory, Databases]
    public async Task The_last_administrator_stays(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var me = $"/api/users/{ana.Id}";
        (await ana.Patch(me, new { administrator = false })).ShouldBeProblem(409, "last_administrator");
        (await ana.Patch(me, new { locked = true })).ShouldBeProblem(409, "last_administrator");
        (await ana.Delete(me)).ShouldBeProblem(409, "last_administrator");
        (await ana.Send(HttpMethod.Delete, "/api/me", Body(new { password = TestApp.Password })))
            .ShouldBeProblem(409, "last_administrator");
        (await ana.SubmitForm($"/admin/people/{ana.Id}/change", ("locked", "true"))).Status.ShouldBe(409);

        // A locked administrator does not count as an active administrator.
        await ana.Promote(budi);
        (await ana.Patch($"/api/users/{budi.Id}", new { locked = true })).Status.ShouldBe(200);
        (await ana.Patch(me, new { administrator = false })).ShouldBeProblem(409, "last_administrator");
        (await ana.Patch($"/api/users/{budi.Id}", new { locked = false })).Status.ShouldBe(200);
        (await ana.Patch(me, new { administrator = false })).Status.ShouldBe(200);
        (await ana.Get("/api/users")).ShouldBeProblem(403, "forbidden");
    }

    [Theory, Databases]
    public async Task Of_two_who_demote_each_other_at_once_one_stays(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Promote(budi);
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(
                ana.Patch($"/api/users/{budi.Id}", new { administrator = false }),
                budi.Patch($"/api/users/{ana.Id}", new { administrator = false }));

            replies.Select(reply => reply.Status).Order().ShouldBe([200, 403]);
            var (winner, loser) = replies[0].Status == 200 ? (ana, budi) : (budi, ana);
            await winner.Promote(loser);
        }
        // If the last two administrators resign concurrently, the second request is refused.
        var left = await Task.WhenAll(
            ana.Patch($"/api/users/{ana.Id}", new { administrator = false }),
            budi.Patch($"/api/users/{budi.Id}", new { administrator = false }));
        left.Select(reply => reply.Status).Order().ShouldBe([200, 409]);
    }

    [Theory, Databases]
    public async Task A_lock_ends_sessions_tokens_and_streams_at_once_and_signs_nobody_in(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var program = budi.Program((await budi.CreateToken()).GetProperty("token").GetString()!);
        await using var stream = await FeedReader.Open(budi, Transport.EventStream);
        await using var socket = await FeedReader.Open(program, Transport.WebSocket);
        var watch = Stopwatch.StartNew();

        (await ana.Patch($"/api/users/{budi.Id}", new { locked = true })).Status.ShouldBe(200);

        (await budi.Get("/api/items")).ShouldBeProblem(401, "not_signed_in");
        (await program.Get("/api/items")).ShouldBeProblem(401, "invalid_token");
        (await stream.Rest())[^1].Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        (await socket.Rest())[^1].Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        var refused = await budi.Post("/api/login", new { username = "budi", password = TestApp.Password });
        refused.ShouldBeProblem(403, "account_locked");
        // Simulates a write that was already in the queue when the account was locked.
        (await app.Database.Write(
            new Actor(budi.Id, budi.Name),
            tx => Membership.RequireRole(tx, budi.Workspace, Role.Viewer, allowClosed: false),
            TestContext.Current.CancellationToken)).ShouldNotBeNull().Status.ShouldBe(401);
        (await budi.Post("/api/login", new { username = "budi", password = "green-heron-17" }))
            .ShouldBeProblem(401, "wrong_credentials");
        (await ana.Patch($"/api/users/{budi.Id}", new { locked = false })).Status.ShouldBe(200);
        (await budi.Get("/api/items")).Status.ShouldBe(401);
        await budi.SignIn();
    }

    [Theory, Databases]
    public async Task Ending_sessions_signs_out_everywhere_in_every_process(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await using var elsewhere = app.OpenDatabase();
        await elsewhere.Migrate(TestContext.Current.CancellationToken);
        var other = new SessionStore(
            elsewhere, app.Services.GetRequiredService<AccountColumns>(), TimeProvider.System, new Settings());
        var key = new AccessKey(budi.Cookie("pacil")!, IsToken: false);
        (await other.Find(key, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        (await ana.Delete($"/api/users/{budi.Id}/sessions")).Status.ShouldBe(204);

        (await budi.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        var watch = Stopwatch.StartNew();
        while (await other.Find(key, TestContext.Current.CancellationToken) is not null)
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await budi.SignIn();
    }

    [Theory, Databases]
    public async Task A_token_does_what_its_scope_and_a_session_allow(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var reader = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        var writer = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        var path = $"/api/users/{budi.Id}";

        (await reader.Get(path)).Status.ShouldBe(200);
        (await reader.Patch(path, new { locked = true })).ShouldBeProblem(403, "read_only_token");
        (await reader.Delete(path)).ShouldBeProblem(403, "read_only_token");
        // To give access to others, a request needs a session or a token with the scope admin.
        (await writer.Patch(path, new { email = "budi@example.org" })).ShouldBeProblem(403, "session_required");
        (await writer.Patch(path, new { administrator = true })).ShouldBeProblem(403, "session_required");
        (await writer.Post("/api/users", new { username = "eve" })).ShouldBeProblem(403, "session_required");
        (await writer.Put("/api/registration", new { registration = "open" })).ShouldBeProblem(403, "session_required");
        (await writer.Post($"{path}/sign-in-link")).ShouldBeProblem(403, "session_required");
        (await writer.Delete(path)).ShouldBeProblem(403, "session_required");
        (await writer.Send(HttpMethod.Delete, "/api/me", Body(new { password = TestApp.Password })))
            .ShouldBeProblem(403, "session_required");
        var admin = ana.Program((await ana.CreateToken("admin")).GetProperty("token").GetString()!);
        (await admin.Patch(path, new { email = "budi@example.org" })).Status.ShouldBe(200);
        (await admin.Post("/api/users", new { username = "carla" })).Status.ShouldBe(201);
        (await admin.Delete(path)).ShouldBeProblem(403, "session_required");
        (await ana.Patch(path, new { locked = true }, ("X-CSRFToken", ""))).ShouldBeProblem(403, "csrf");
        (await ana.Delete(path, ("Sec-Fetch-Site", "cross-site"))).ShouldBeProblem(403, "csrf");
        (await ana.User(budi)).GetProperty("locked").GetBoolean().ShouldBeFalse();
    }

    private static JsonContent Body(object body) => JsonContent.Create(body);
}
