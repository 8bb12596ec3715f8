using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Pacil.Tests.Batch;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Web;

/// <summary>Sends a request to every route of a workspace, as a member of every role and as an outsider.</summary>
public sealed class RoleTests
{
    public static TheoryData<string> Routes =>
        [.. Route.Api.Where(route => route.IsInWorkspace || route.Path.Contains("{workspace}"))
            .Select(route => route.Name)];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_route_is_there_for_members_and_does_what_their_role_allows(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var app = await TestApp.WithoutLimits();
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

    [Theory, MemberData(nameof(Routes))]
    public async Task As_part_of_a_batch_it_does_the_same(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var world = await World.Make(await TestApp.WithoutLimits());

        (await world.SendInBatch(route, await world.App.SignIn())).ShouldBe((404, "not_found"));
        foreach (var (role, person) in world.Members)
        {
            var (status, code) = await world.SendInBatch(route, person);
            if (role < route.Needs) (status, code).ShouldBe((403, "forbidden"));
            else status.ShouldBeOneOf([200, 201, 204], $"{role}: {code}");
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task As_part_of_an_atomic_batch_it_does_the_same_or_cannot_be_part(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var world = await World.Make(await TestApp.WithoutLimits());
        var isPart = route.Method != "GET" && !AtomicRouteTests.IsSecret(route);

        if (isPart)
            (await world.SendInBatch(route, await world.App.SignIn(), isAtomic: true)).ShouldBe((404, "not_found"));
        foreach (var (role, person) in world.Members)
        {
            var (status, code) = await world.SendInBatch(route, person, isAtomic: true);
            if (!isPart) (status, code).ShouldBe((422, "not_atomic"));
            else if (role < route.Needs) (status, code).ShouldBe((403, "forbidden"));
            else status.ShouldBeOneOf([200, 201, 204], $"{role}: {code}");
        }
    }

    public static TheoryData<string> Forms =>
        [.. Route.Forms.Where(form => form.Needs is not null).Select(form => form.Name)];

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_does_what_their_role_allows(string name)
    {
        var form = Route.Forms.Single(candidate => candidate.Name == name);
        var world = await World.Make(await TestApp.WithoutLimits());

        var stranger = await world.Submit(form, world.App.Stranger());
        (stranger.Status, stranger.Header("Location")!.Split('?')[0]).ShouldBe((303, "/login"));
        (await world.Submit(form, await world.App.SignIn())).Status.ShouldBe(404);
        (await world.Submit(form, world.Looker)).Status.ShouldBe(403);
        foreach (var (role, person) in world.Members)
        {
            var reply = await world.Submit(form, person);
            reply.Status.ShouldBe(role < form.Needs ? 403 : 303, $"{role}: {reply.Text}");
        }
    }

    /// <summary>
    /// A shared workspace with one member of each role, and a client program with a read-only token of the owner.
    /// </summary>
    private sealed record World(
        TestApp App, Person Owner, Person Looker, long Workspace, Dictionary<Role, Person> Members)
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

        /// <summary>Creates the rows whose ids the path of the route contains, and sends a valid request.</summary>
        public async Task<Reply> Send(Route route, Person person) => await person.Send(
            new HttpMethod(route.Method), await Filled(Here(route)), route.Good is null
                ? null : JsonContent.Create(route.Good), ("If-Match", "*"));

        /// <summary>Sends the same request as <see cref="Send"/>, as the only part of a batch.</summary>
        /// <returns>The status of the part and, if the part is a problem, its code.</returns>
        public async Task<(int Status, string Code)> SendInBatch(Route route, Person person, bool isAtomic = false)
        {
            var part = new
            {
                method = route.Method,
                path = await Filled(Here(route)),
                body = route.Good,
                headers = new { If_Match = "*" },
            };
            var request = JsonSerializer.Serialize(new { atomic = isAtomic, requests = new[] { part } })
                .Replace("If_Match", "If-Match");
            var batch = await person.Post("/api/batch", new StringContent(request, Encoding.UTF8, "application/json"));
            if (isAtomic) batch.Status.ShouldBeOneOf(200, 409);
            else batch.Status.ShouldBe(200, batch.Text);
            var answer = batch.Json.GetProperty("responses")[0];
            var status = answer.GetProperty("status").GetInt32();
            return (status, status < 400 ? "" : answer.GetProperty("body").GetProperty("code").GetString()!);
        }

        public async Task<Reply> Submit(Form form, Person person)
        {
            var fields = new List<(string, string)>();
            foreach (var (field, value) in form.Good) fields.Add((field, await Filled(value)));
            return await person.SubmitForm(await Filled($"/w/{Workspace}{form.Path}"), [.. fields]);
        }

        private string Here(Route route) =>
            route.Path.Replace("/api/w/{workspace}", "/api").Replace("/api", $"/api/w/{Workspace}");

        private async Task<string> Filled(string text)
        {
            foreach (var (part, make) in Fresh($"/api/w/{Workspace}"))
                if (text.Contains(part)) text = text.Replace(part, $"{await make()}");
            return text;
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
