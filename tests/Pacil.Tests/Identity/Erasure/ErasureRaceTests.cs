using System.Net.Http.Json;
using System.Text;
using Pacil.Data;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Identity.Erasure;

/// <summary>
/// Requests that are in progress while an account is erased, and data about the account in rows of other accounts.
/// </summary>
public sealed class ErasureRaceTests
{
    private const int Rounds = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task No_kept_answer_of_others_says_who_is_erased(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var dian = await app.SignIn("dian.unmistakable");
        var (there, left) = (await budi.CreateWorkspace("Lab"), await budi.CreateWorkspace("Club"));
        await Kept(ana, $"/api/users/{dian.Id}", new { email = "dian@mail.example" });
        await Kept(ana, $"/api/users/{budi.Id}", new { email = "budi@mail.example" });
        foreach (var workspace in new[] { there, left })
        {
            await budi.Admit(dian, Role.Viewer, workspace);
            var made = await budi.Put($"/api/w/{workspace}/members/{dian.Id}", new { role = "editor" }, Key());
            made.Status.ShouldBe(200, made.Text);
        }
        (await budi.Delete($"/api/w/{left}/members/{dian.Id}")).Status.ShouldBe(204);
        (await Answers(app)).ShouldContain("dian");

        (await ana.Delete($"/api/users/{dian.Id}", Key())).Status.ShouldBe(204);

        (await Answers(app)).ShouldNotContain("dian");
        (await Answers(app)).ShouldContain("budi@mail.example");
    }

    [Theory, Databases]
    public async Task What_is_written_while_an_account_is_erased_belongs_to_nobody_who_is_gone(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        for (var round = 0; round < Rounds; round++)
        {
            var dian = await app.SignIn();
            var link = (await budi.Post($"/api/w/{budi.Workspace}/invitations", new { role = "viewer" }))
                .Json.GetProperty("path").GetString()!;
            var writes = new List<Task<Reply>> { dian.Post(link) };
            for (var n = 0; n < 4; n++)
            {
                writes.Add(dian.Post("/api/workspaces", new { name = "Late" }, Key()));
                writes.Add(dian.Put($"/api/drafts/form{n}", new { name = "half" }, Key()));
                writes.Add(dian.Put("/api/notifications/choices", new { stock = n % 2 == 0 }, Key()));
                writes.Add(dian.Post("/api/notifications/read", new { }, Key()));
            }
            var erased = ana.Delete($"/api/users/{dian.Id}");
            writes.Add(dian.Post("/api/workspaces", new { name = "Late" }, Key()));

            (await erased).Status.ShouldBe(204);
            foreach (var reply in await Task.WhenAll(writes))
                if (reply.Status is not (200 or 201)) reply.ShouldBeProblem(401, "not_signed_in");
        }
        await NothingIsLeft(app);
    }

    [Theory, Databases]
    public async Task An_heir_who_goes_at_the_same_moment_owns_nothing(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        for (var round = 0; round < Rounds; round++)
        {
            var (dian, heir) = (await app.SignIn(), await app.SignIn());
            await ana.Promote(dian);
            await dian.CreateWorkspace();
            var replies = await Task.WhenAll(Leave(dian, heir.Name), Leave(heir, ""));
            replies[1].Status.ShouldBe(204, replies[1].Text);
            if (replies[0].Status != 204) replies[0].ShouldBeProblem(422, "invalid", "heir");
        }
        await NothingIsLeft(app);
    }

    /// <summary>Runs only on PostgreSQL. On SQLite there is no race, because SQLite has one writer at a time.</summary>
    [Fact]
    public async Task Who_registers_by_a_use_that_is_taken_meanwhile_is_told()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        var (app, ana, budi) = await Administering.Start(TestDatabase.Postgres);
        await using var _ = app;
        (await ana.Put("/api/registration", new { registration = "invitation" })).Status.ShouldBe(200);
        var invitation = (await budi.Post($"/api/w/{budi.Workspace}/invitations", new { role = "viewer" }))
            .Json.GetProperty("secret").GetString()!;
        Task<Reply>? registering = null;

        await app.Database.Write(Actor.Program, async tx =>
        {
            await tx.Execute("update invitation set uses_left = 0");
            registering = app.Stranger().Post(
                "/api/register", new { username = "carla", password = TestApp.Password, invitation });
            while (await app.CountWaitingForLocks() == 0) Cancellation.ThrowIfCancellationRequested();
            return 0;
        }, Cancellation);

        (await registering!).ShouldBeProblem(409, "invitation_used_up");
        (await ana.Get("/api/users?search=carla")).Json.GetArrayLength().ShouldBe(0);
    }

    private static async Task NothingIsLeft(TestApp app)
    {
        foreach (var table in new[] { "member", "draft", "idempotency" })
            (await app.Database.Read(connection => connection.First<long>(
                $"select count(*) from {table} join account on account.id = account_id where erased_at is not null"),
                Cancellation))
                .ShouldBe(0, table);
    }

    private static Task<Reply> Leave(Person person, string heir) =>
        person.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = TestApp.Password, heir }));

    private static async Task Kept(Person person, string path, object change)
    {
        var reply = await person.Patch(path, change, Key());
        reply.Status.ShouldBe(200, reply.Text);
    }

    private static async Task<string> Answers(TestApp app) => string.Join('\n', (await app.Database.Read(
        connection => connection.Query<byte[]>("select body from idempotency where body is not null"), Cancellation))
        .Select(Encoding.UTF8.GetString));

    private static (string, string) Key() => ("Idempotency-Key", $"{Guid.NewGuid()}");
}
