using System.Net.Http.Json;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Web;

/// <summary>Every route of a workspace, by everyone who might try it.</summary>
public sealed class RoleTests
{
    private static readonly Lazy<Task<TestApp>> Patient =
        new(() => TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" }));

    public static TheoryData<string> Routes =>
        [.. Route.Api.Where(route => route.IsInWorkspace || route.Path.Contains("{workspace}")).Select(route => route.Name)];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_route_is_there_for_members_and_does_what_their_role_allows(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var app = await Patient.Value;
        var world = await World.Make(app);

        (await world.Send(route, app.Stranger())).ShouldBeProblem(401, "not_signed_in");
        (await world.Send(route, await app.SignIn())).ShouldBeProblem(404, "not_found");
        var looked = await world.Send(route, world.Looker);
        if (route.Method == "GET") looked.Status.ShouldBe(200, looked.Text);
        else looked.ShouldBeProblem(403, "read_only_token");
        foreach (var (role, person) in world.Members)
        {
            var reply = await world.Send(route, person);
            if (role < route.Needs) reply.ShouldBeProblem(403, "forbidden");
            else reply.Status.ShouldBeOneOf([200, 201, 204], $"{role}: {reply.Text}");
        }
    }

    /// <summary>A shared workspace with a member of each role, and a program of its owner that may only look.</summary>
    private sealed record World(TestApp App, Person Owner, Person Looker, long Workspace, Dictionary<Role, Person> Members)
    {
        public static async Task<World> Make(TestApp app)
        {
            var owner = await app.SignIn();
            var workspace = await owner.CreateWorkspace();
            (await owner.Post($"/api/w/{workspace}/items", new { name = "There before" })).Status.ShouldBe(201);
            var members = new Dictionary<Role, Person>();
            foreach (var role in Enum.GetValues<Role>()) members[role] = await app.Member(owner, workspace, role);
            var looker = owner.Program((await owner.CreateToken("read")).GetProperty("token").GetString()!);
            return new World(app, owner, looker, workspace, members);
        }

        /// <summary>A good request, to things made for it alone.</summary>
        public async Task<Reply> Send(Route route, Person person)
        {
            var path = route.Path.Replace("/api/w/{workspace}", "/api").Replace("/api", $"/api/w/{Workspace}");
            var api = $"/api/w/{Workspace}";
            foreach (var (part, make) in Fresh(api))
                if (path.Contains(part)) path = path.Replace(part, $"{await make()}");
            return await person.Send(
                new HttpMethod(route.Method), path, route.Good is null ? null : JsonContent.Create(route.Good), ("If-Match", "*"));
        }

        private Dictionary<string, Func<Task<long>>> Fresh(string api) => new()
        {
            ["{item}"] = async () => Owner.Known = await Make($"{api}/items", new { name = "Bolt", amount = 5 }),
            ["{movement}"] = () => Make($"{api}/items/{Owner.Known}/movements", new { delta = 1 }),
            ["{room}"] = async () => Owner.Known = await Make($"{api}/rooms", new { name = "Garage" }),
            ["{message}"] = () => Make($"{api}/rooms/{Owner.Known}/messages", new { text = "Hello" }),
            ["{seq}"] = async () =>
            {
                await Make($"{api}/items", new { name = "Undone" });
                return (await Owner.Get($"{api}/entries?limit=1")).Json[0].GetProperty("seq").GetInt64();
            },
            ["{account}"] = async () => (await App.Member(Owner, Workspace, Role.Viewer)).Id,
            ["{invitation}"] = async () =>
                (await Owner.Post($"{api}/invitations", new { role = "viewer" })).Json.GetProperty("id").GetInt64(),
        };

        private async Task<long> Make(string path, object body)
        {
            var reply = await Owner.Post(path, body);
            reply.Status.ShouldBe(201, reply.Text);
            return reply.Json.GetProperty("id").GetInt64();
        }
    }
}
