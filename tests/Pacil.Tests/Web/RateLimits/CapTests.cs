using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Web.RateLimits;

/// <summary>Limits on the number of workspaces, rooms and other rows must also hold for concurrent requests.</summary>
public sealed class CapTests
{
    private const int AtOnce = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Twenty_requests_at_once_make_no_workspace_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        // The account may own only one more workspace. Half of the requests create a workspace, and the other half
        // reopen a closed workspace. Only one request may succeed.
        var closed = await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            var create = app.Services.GetRequiredService<CreateWorkspace>();
            var made = new List<long>();
            for (var n = 0; n < 98 + AtOnce; n++)
            {
                made.Add(await create.Apply(tx, $"Lab {n}"));
                await AddMember.Apply(tx, made[n], ana.Id, Role.Owner);
            }
            made = made[98..];
            foreach (var id in made)
                await tx.Execute("update workspace set archived_at = @Now where id = @Id", new { Id = id, tx.Now });
            return made;
        }, Cancellation);
        await OnlyOne(n => n % 2 == 0
            ? ana.Post("/api/workspaces", new { name = "One more" })
            : ana.Patch($"/api/w/{closed[n]}", new { archived = false }), "too_many_workspaces");
    }

    [Theory, Databases]
    public async Task Twenty_requests_at_once_make_no_room_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            for (var n = 0; n < 198; n++)
                await tx.Execute(
                    "insert into room (workspace_id, name, created_at) values (@Workspace, 'Garage', @Now)",
                    new { ana.Workspace, tx.Now });
            return 0;
        }, Cancellation);
        await OnlyOne(_ => ana.Post("/api/rooms", new { name = "One more" }), "too_many_rooms");
    }

    [Theory, Databases]
    public async Task Twenty_requests_at_once_make_no_invitation_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 199; n++) (await Invite()).Status.ShouldBe(201);
        await OnlyOne(_ => Invite(), "too_many_invitations");

        Task<Reply> Invite() => ana.Post("/api/invitations", new { role = "viewer" });
    }

    [Theory, Databases]
    public async Task Twenty_requests_at_once_make_no_token_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 49; n++) await ana.CreateToken();
        await OnlyOne(_ => ana.Post("/api/tokens", new { name = "One more", scope = "read" }), "too_many_tokens");
    }

    [Theory, Databases]
    public async Task Twenty_requests_at_once_give_no_star_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 999 + AtOnce, n => $"Bolt {n}");
        var items = await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            await tx.Execute(
                """
                insert into star (account_id, workspace_id, item_id)
                select @Account, workspace_id, id from item where workspace_id = @Workspace order by id limit 999
                """, new { Account = ana.Id, ana.Workspace });
            return await tx.Query<long>(
                """
                select id from item where workspace_id = @Workspace order by id desc
                limit 20
                """, new { ana.Workspace });
        }, Cancellation);
        await OnlyOne(n => ana.Put($"/api/items/{items[n]}/star"), "too_many_stars");
    }

    /// <summary>A new draft displaces the oldest draft.</summary>
    [Theory, Databases]
    public async Task Twenty_saves_at_once_keep_no_draft_too_many(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            for (var n = 0; n < 200; n++)
                await tx.Execute("insert into draft (account_id, form, data, saved_at) values (@Id, @Form, '{}', @Now)",
                    new { ana.Id, Form = $"old {n}", tx.Now });
            return 0;
        }, Cancellation);
        foreach (var reply in await Together(n => ana.Put($"/api/drafts/new{n}", new { name = "Bolt" })))
            reply.Status.ShouldBe(200, reply.Text);
        var forms = await app.Database.Read(connection =>
            connection.Query<string>("select form from draft where account_id = @Id", new { ana.Id }), Cancellation);
        forms.Count.ShouldBe(200);
        forms.Count(form => form.StartsWith("new")).ShouldBe(AtOnce);
    }

    private static Task<Reply[]> Together(Func<int, Task<Reply>> ask) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(ask));

    private static async Task OnlyOne(Func<int, Task<Reply>> ask, string code)
    {
        var replies = await Together(ask);
        replies.Count(reply => reply.Status is 200 or 201)
            .ShouldBe(1, string.Join('\n', replies.Select(reply => $"{reply.Status} {reply.Text}").Distinct().Take(5)));
        foreach (var refused in replies.Where(reply => reply.Status >= 300)) refused.ShouldBeProblem(409, code);
    }
}
