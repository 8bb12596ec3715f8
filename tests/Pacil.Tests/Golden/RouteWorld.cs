using System.Net.Http.Json;
using Pacil.Tests.Chat;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Tests.Web;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>
/// An account with a new workspace. The account is new, except for the routes of administrators. Each item, room or
/// message whose id a valid request needs is created before the request is sent.
/// </summary>
internal sealed record RouteWorld(TestApp App, Person Owner, long Lab)
{
    /// <summary>Request bodies that replace those of the route table.</summary>
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["POST /api/me/password"] = new { current_password = TestApp.Password, password = "green-otter-43" },
        ["DELETE /api/me"] = new { password = TestApp.Password },
        ["POST /api/tokens"] = new { name = "Printer <1> & 'more' 😀", scope = "read" },
        ["POST /api/items"] =
            new { name = StoryOfItems.ShelfName, description = "one\ntwo", amount = 9, unit = "m²", threshold = 10 },
        ["POST /api/batch"] =
            new { requests = new[] { new { path = "/api/items?limit=1" }, new { path = "/api/items/0" } } },
        ["PUT /api/drafts/{form}"] = new { name = "Half <a> \"name\" 😀" },
    };

    public static async Task<RouteWorld> Make(TestApp app, Person administrator, bool isAdministration)
    {
        var owner = isAdministration ? administrator : await app.SignIn();
        var lab = await owner.CreateWorkspace(Story.LabName);
        var world = new RouteWorld(app, owner, lab);
        foreach (var name in new[] { "Bolt <8> & 'more'", "Bolt \"10\" é 😀" })
            await world.Make("items", new { name, amount = 5 });
        return world;
    }

    public async Task<Reply> Send(Route route)
    {
        var path = await Filled(route.Path.Replace("/api/w/{workspace}", "/api"), route.IsInWorkspace
            || route.Path.Contains("{workspace}"));
        // With a limit of one row, every list has a next page, and the response contains no rows of other tests.
        if (route.IsList) path += path.Contains('?') ? "&limit=1" : "?limit=1";
        await Prepare(route);
        var body = Body(route);
        var person = route.Name is "POST /api/register" or "POST /api/login" ? App.Stranger() : Owner;
        return await person.Send(
            new HttpMethod(route.Method), path, body is null ? null : JsonContent.Create(body), ("If-Match", "*"));
    }

    private object? Body(Route route) => route.Name switch
    {
        "POST /api/register" => new { username = $"{Owner.Name}x", password = TestApp.Password },
        "POST /api/login" => new { username = Owner.Name, password = TestApp.Password },
        "POST /api/users" => new { username = $"ana0{Lab}" },
        _ => Bodies.GetValueOrDefault(route.Name) ?? route.Good,
    };

    /// <summary>
    /// Creates the rows that the request needs, so that a list is not empty and a change has an effect.
    /// </summary>
    private Task Prepare(Route route) => route.Name switch
    {
        "GET /api/notifications" or "POST /api/notifications/read" => RunLow(),
        "GET /api/invitations" => Make("invitations", new { role = "viewer", username = "somebody" }),
        "GET /api/rooms/{room}/messages" =>
            Make($"rooms/{Owner.Known}/messages", new { text = "<b>Hello</b> & 'you' 😀" }),
        "GET /api/tokens" => Owner.CreateToken(),
        "GET /api/blocks" => Block(),
        "GET /api/me/data" => Own(),
        "POST /api/items/{id:long}/restore" => Owner.Delete($"/api/w/{Lab}/items/{Owner.Known}"),
        _ => Task.CompletedTask,
    };

    private async Task RunLow()
    {
        var item = await Make("items", new { name = StoryOfItems.ShelfName, amount = 6, threshold = 5 });
        await Owner.Move(item, -2, $"/api/w/{Lab}");
        await Owner.Notified(1);
    }

    private async Task Block()
    {
        var member = await App.Member(Owner, Lab, Role.Viewer);
        (await Owner.Put($"/api/blocks/{member.Id}")).Status.ShouldBe(204);
    }

    private async Task Own()
    {
        await Owner.CreateToken();
        await Block();
        var (kept, gone) = (await Owner.CreateItem(StoryOfItems.ShelfName, 5), await Owner.CreateItem("Gone"));
        (await Owner.Put($"/api/items/{kept}/star")).Status.ShouldBe(200);
        (await Owner.Delete($"/api/items/{gone}")).Status.ShouldBe(200);
        await Owner.Say("<b>Hello</b> & 'you' 😀");
    }

    private async Task<string> Filled(string path, bool isInWorkspace)
    {
        if (isInWorkspace) path = path.Replace("/api", $"/api/w/{Lab}").Replace("{workspace}", $"{Lab}");
        foreach (var (part, make) in Fresh(path))
            if (path.Contains(part)) path = path.Replace(part, $"{await make()}");
        return path;
    }

    private Dictionary<string, Func<Task<object>>> Fresh(string path) => new()
    {
        ["/tokens/{item}"] = async () => $"/tokens/{(await Owner.CreateToken()).Number("id")}",
        ["{item}"] = async () => Owner.Known = await Make("items", new { name = "Nut <8>", amount = 5, threshold = 5 }),
        ["{movement}"] = async () =>
            await Make($"items/{Owner.Known}/movements", new { delta = -1, note = "'it' <b>" }),
        ["{room}"] = async () => Owner.Known = await Make("rooms", new { name = "Garage <'1'>" }),
        ["{message}"] = async () =>
            await Make($"rooms/{Owner.Known}/messages", new { text = "<b>Hello</b> & 'you' 😀" }),
        ["{seq}"] = async () =>
        {
            await Make("items", new { name = "Undone" });
            return (await Owner.Get($"/api/w/{Lab}/entries?limit=1")).Json[0].Number("seq");
        },
        ["{account}"] = async () =>
            (await (path.Contains("/users/") ? App.SignIn() : App.Member(Owner, Lab, Role.Viewer))).Id,
        ["{invitation}"] = async () => await Make("invitations", new { role = "viewer" }),
        ["{form}"] = async () =>
        {
            (await Owner.Put("/api/drafts/new", new { name = "Before" })).Status.ShouldBe(200);
            return "new";
        },
    };

    private async Task<long> Make(string what, object body)
    {
        var reply = await Owner.Post($"/api/w/{Lab}/{what}", body);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.Number("id");
    }
}
