using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Identity.Erasure;

/// <summary>
/// Tests which account becomes the owner of an erased account's workspaces, and how many workspaces one account may
/// own.
/// </summary>
public sealed class SuccessorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Who_leaves_gives_an_heir_only_what_the_heir_is_in(TestDatabase database)
    {
        var (app, _, budi) = await Administering.Start(database);
        await using var __ = app;
        var (carla, dewi) = (await app.SignIn("carla"), await app.SignIn("dewi"));
        var (club, team, attic) =
            (await budi.CreateWorkspace("Club"), await budi.CreateWorkspace("Team"),
                await budi.CreateWorkspace("Attic"));
        await budi.Admit(carla, Role.Viewer, club);
        await budi.Admit(dewi, Role.Editor, club);
        await budi.Admit(dewi, Role.Editor, team);

        (await budi.Send(HttpMethod.Delete, "/api/me", Body(new { password = TestApp.Password, heir = "carla" })))
            .Status.ShouldBe(204);

        (await carla.Get($"/api/w/{club}")).Json.GetProperty("role").GetString().ShouldBe("owner");
        (await dewi.Get($"/api/w/{team}")).Json.GetProperty("role").GetString().ShouldBe("owner");
        foreach (var workspace in new[] { attic, budi.Workspace })
        {
            (await carla.Get($"/api/w/{workspace}")).ShouldBeProblem(404, "not_found");
            (await app.Entries(workspace)).Select(entry => entry.Kind).ShouldContain("workspace_closed");
        }
        foreach (var workspace in new[] { club, team })
            (await app.Entries(workspace)).Select(entry => entry.Kind).ShouldNotContain("workspace_closed");
    }

    [Theory, Databases]
    public async Task Who_shares_the_personal_one_may_take_it_over(TestDatabase database)
    {
        var (app, _, budi) = await Administering.Start(database);
        await using var __ = app;
        var carla = await app.SignIn("carla");
        await budi.Admit(carla);

        (await budi.Send(HttpMethod.Delete, "/api/me", Body(new { password = TestApp.Password, heir = "carla" })))
            .Status.ShouldBe(204);

        var home = (await carla.Get($"/api/w/{budi.Workspace}")).Json;
        home.GetProperty("role").GetString().ShouldBe("owner");
        home.GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory, Databases]
    public async Task Who_is_locked_takes_nothing_over(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var carla = await app.SignIn("carla");
        (await ana.Patch($"/api/users/{carla.Id}", new { locked = true })).Status.ShouldBe(200);

        (await ana.Send(HttpMethod.Delete, $"/api/users/{budi.Id}", Body(new { heir = "carla" })))
            .ShouldBeProblem(422, "invalid", "heir");
        (await budi.Send(HttpMethod.Delete, "/api/me", Body(new { password = TestApp.Password, heir = "carla" })))
            .ShouldBeProblem(422, "invalid", "heir").Text.ShouldContain("locked");
        (await budi.Get("/api/me")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task What_is_closed_takes_no_room_and_all_of_them_have_a_limit(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        await Own(app, ana, 98);
        (await ana.Post("/api/workspaces", new { name = "One more" })).ShouldBeProblem(409, "too_many_workspaces");

        (await ana.Delete($"/api/w/{lab}")).Status.ShouldBe(200);
        await ana.CreateWorkspace();
        (await ana.Patch($"/api/w/{lab}", new { archived = false })).ShouldBeProblem(409, "too_many_workspaces");

        await Own(app, ana, 899);
        await app.Database.Write(new Actor(ana.Id, ana.Name), tx => tx.Execute(
            "update workspace set archived_at = @Now "
            + "where id in (select workspace_id from member where account_id = @Id)",
            new { tx.Now, ana.Id }), Cancellation);
        (await ana.Post("/api/workspaces", new { name = "One more" })).ShouldBeProblem(409, "too_many_workspaces");
        (await ana.Patch($"/api/w/{lab}", new { archived = false })).Status.ShouldBe(200);
    }

    private static Task<int> Own(TestApp app, Person person, int count) => app.Database.Write(
        new Actor(person.Id, person.Name), async tx =>
        {
            var create = app.Services.GetRequiredService<CreateWorkspace>();
            for (var n = 0; n < count; n++)
                await AddMember.Apply(tx, await create.Apply(tx, $"Box {n}"), person.Id, Role.Owner);
            return count;
        }, Cancellation);

    private static JsonContent Body(object body) => JsonContent.Create(body);
}
