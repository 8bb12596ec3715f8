using Pacil.Data;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>Problems of permissions and of sign-in.</summary>
internal static class ProblemsOfPeople
{
    public static readonly Dictionary<string, Func<ProblemWorld, Task<Reply>>> All = new()
    {
        ["forbidden"] = world => world.Budi.Post($"{world.Api}/items", new { name = "Bolt" }),
        ["role_too_high"] = async world =>
            await (await world.Member(Role.Manager)).Post($"{world.Api}/invitations", new { role = "owner" }),
        ["last_owner"] = world => world.Ana.Delete($"{world.Api}/members/{world.Ana.Id}"),
        ["personal_workspace"] = world => world.Ana.Delete($"/api/w/{world.Ana.Workspace}"),
        ["workspace_closed"] = async world =>
        {
            var closed = await world.Ana.CreateWorkspace();
            await world.Ana.Delete($"/api/w/{closed}");
            return await world.Ana.Post($"/api/w/{closed}/items", new { name = "Bolt" });
        },
        ["invitation_revoked"] = async world =>
        {
            var (id, path) = await world.Invitation(new { role = "viewer" });
            await world.Ana.Delete($"{world.Api}/invitations/{id}");
            return await (await world.SignIn()).Post(path);
        },
        ["invitation_used_up"] = async world =>
        {
            var (_, path) = await world.Invitation(new { role = "viewer" });
            await (await world.SignIn()).Post(path);
            return await (await world.SignIn()).Post(path);
        },
        ["invitation_expired"] = async world =>
        {
            var (id, path) = await world.Invitation(new { role = "viewer" });
            await world.App.Database.Write(Actor.Maintenance, tx => tx.Execute(
                "update invitation set expires_at = @Past where id = @Id", new { Past = tx.Now.AddDays(-1), Id = id }),
                TestContext.Current.CancellationToken);
            return await (await world.SignIn()).Post(path);
        },
        ["wrong_credentials"] = world => SignIn(world.Stranger(), world.Budi.Name, "wrong-otter-42"),
        ["locked_out"] = async world =>
        {
            var stranger = world.Stranger();
            while ((await SignIn(stranger, "nobody", "wrong-otter-42")).Status == 401) { }
            // Sets the end of the lockout, so that Retry-After does not depend on how long the failed sign-ins took.
            await world.App.Database.Write(Actor.Maintenance, tx => tx.Execute(
                "update sign_in_failure set locked_until = @Later", new { Later = tx.Now.AddHours(1) }),
                TestContext.Current.CancellationToken);
            return await SignIn(stranger, "nobody", "wrong-otter-42");
        },
        ["account_locked"] = async world =>
            await SignIn(world.Stranger(), (await Locked(world)).Name, TestApp.Password),
        ["account_is_locked"] = async world =>
            await world.Ana.Post($"/api/users/{(await Locked(world)).Id}/sign-in-link"),
        ["last_administrator"] = world => world.Ana.Patch($"/api/users/{world.Ana.Id}", new { administrator = false }),
        ["registration_by_invitation"] = world => Register(world, "invitation"),
        ["registration_closed"] = world => Register(world, "closed"),
        ["sign_in_link_gone"] = world => world.Stranger().Get("/sign-in/nothing", ("Accept", "application/json")),
        ["invalid_token"] = world => world.Stranger().Get("/api/items", ("Authorization", "Bearer nothing")),
        ["read_only_token"] = async world =>
            await (await Program(world, "read")).Post("/api/items", new { name = "Bolt" }),
        ["session_required"] = async world =>
            await (await Program(world, "write")).Post("/api/tokens", new { name = "Scales" }),
        ["too_many_tokens"] = async world =>
        {
            var person = await world.SignIn();
            Reply reply;
            do reply = await person.Post("/api/tokens", new { name = "Printer" });
            while (reply.Status == 201);
            return reply;
        },
    };

    private static Task<Reply> SignIn(Person person, string username, string password) =>
        person.Post("/api/login", new { username, password });

    private static async Task<Person> Program(ProblemWorld world, string scope) =>
        world.Ana.Program((await world.Ana.CreateToken(scope)).Text("token"));

    private static async Task<Person> Locked(ProblemWorld world)
    {
        var person = await world.SignIn();
        (await world.Ana.Patch($"/api/users/{person.Id}", new { locked = true })).Status.ShouldBe(200);
        return person;
    }

    private static async Task<Reply> Register(ProblemWorld world, string mode)
    {
        await world.Ana.Put("/api/registration", new { registration = mode });
        var reply = await world.Stranger()
            .Post("/api/register", new { username = "somebody", password = TestApp.Password });
        await world.Ana.Put("/api/registration", new { registration = "open" });
        return reply;
    }
}
