using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Pacil.Tests.Admin;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Requests;

/// <summary>
/// Sends every kind of invalid request to every route of the table. Each request must get a problem with the correct
/// status, code and field, and must write nothing.
/// </summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Routes => [.. Route.Api.Select(route => route.Name)];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_wrong_request_gets_a_clear_problem_and_writes_nothing(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var app = await TestApp.WithoutLimits();
        var world = await World.Make(app, route.IsAdministration);

        if (route.IsAdministration) (await Send(route, world.Budi)).ShouldBeProblem(403, "forbidden");
        if (!route.IsOpen) await Strangers(route, world);
        if (route.Method != "GET") await CsrfIsMissing(route, world);
        if (route.Path.Contains("{item}")) await IdsAreNotTheirs(route, world);
        if (route.Path.Contains("{room}")) await RoomsAreNotTheirs(route, world);
        if (route.Path.Contains("{seq}")) await EntriesAreNotThere(route, world);
        if (route.Good is not null) await BodiesAreWrong(route, world);
        foreach (var field in route.Fields) await FieldsAreWrong(route, field, world);
        if (route.IsList) await PagesAreWrong(route, world);
        if (route.TakesIfMatch) await VersionsAreWrong(route, world);
        if (route is { IsInWorkspace: true, TakesNoKey: false } && route.Method != "GET")
            await KeysAreWrong(route, world);
        if (!route.IsOpen)
            (await Send(route, world.Ana, "application/json", ("Accept", "image/png")))
            .ShouldBeProblem(406, "not_acceptable");

        await world.NothingIsWritten(app);
    }

    public static TheoryData<string> Forms => [.. Route.Forms.Select(form => form.Name)];

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_that_another_site_sends_does_nothing(string name)
    {
        var form = Route.Forms.Single(candidate => candidate.Name == name);
        var app = await TestApp.WithoutLimits();
        var world = await World.Make(app, form.IsAdministration);
        var path = form.Path.Replace("{item}", $"{world.Ana.Known}").Replace("{account}", $"{world.Budi.Id}")
            .Replace("{room}", "lobby")
            .Replace("{seq}", "1").Replace("{message}", "1").Replace("{invitation}", "1").Replace("{secret}", "1");
        var person = form.IsOpen ? world.Stranger : world.Ana;
        (string, string)[] fields =
            [.. form.Good.Select(field => (field.Name, field.Value.Replace("{item}", $"{world.Ana.Known}")))];

        foreach (var token in new[] { "", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
        {
            var content = new FormUrlEncodedContent(
                fields.Append(("csrftoken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            // The server shows the form again with an error, or responds 404 if the page of the form does not exist.
            (await person.Send(HttpMethod.Post, path, content, ("Accept", "text/html"), ("X-CSRFToken", "")))
                .Status.ShouldBeOneOf(403, 404, 422);
        }
        foreach (var header in new[]
                 {
                     ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
                     ("Origin", "https://evil.example"), ("Origin", "null")
                 })
        {
            var content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            (await person.Send(HttpMethod.Post, path, content, ("Accept", "text/html"), header)).Status.ShouldBe(
                403, $"{header}");
        }
        await world.NothingIsWritten(app);
    }

    private static async Task Strangers(Route route, World world)
    {
        (await Send(route, world.Stranger)).ShouldBeProblem(401, "not_signed_in");
        (await Send(route, world.Ana, headers: ("Authorization", "Bearer nonsense")))
            .ShouldBeProblem(401, "invalid_token");
        if (!route.IsInWorkspace) return;
        (await Send(Elsewhere(route, 999_999), world.Ana)).ShouldBeProblem(404, "not_found");
        (await Send(Elsewhere(route, world.Budi.Workspace), world.Ana)).ShouldBeProblem(404, "not_found");
    }

    private static async Task CsrfIsMissing(Route route, World world)
    {
        var person = route.IsOpen ? world.Stranger : world.Ana;
        (await Send(route, person, headers: ("X-CSRFToken", ""))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("X-CSRFToken", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")))
            .ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Sec-Fetch-Site", "cross-site"))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Sec-Fetch-Site", "same-site"))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Origin", "https://evil.example"))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Origin", "null"))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Origin", $"ftp://{person.Site.Authority}"))).ShouldBeProblem(403, "csrf");
        (await Send(route, person, headers: ("Origin", $"https://{person.Site.Authority}")))
            .ShouldBeProblem(403, "csrf");
    }

    private static async Task IdsAreNotTheirs(Route route, World world)
    {
        foreach (var id in new[] { "999999", world.BudisItem.ToString(), "0" })
            (await Send(route with { Path = route.Path.Replace("{item}", id) }, world.Ana))
                .ShouldBeProblem(404, "not_found");
        foreach (var id in new[] { "abc", "1.5", "99999999999999999999" })
            (await Send(route with { Path = route.Path.Replace("{item}", id) }, world.Ana)).Status.ShouldBe(404);
    }

    private static async Task RoomsAreNotTheirs(Route route, World world)
    {
        var budis = (await world.Budi.Get("/api/rooms")).Json[0].GetProperty("id").GetInt64();
        foreach (var room in new[]
                 {
                     "999999", $"{budis}", "0", "-1", "abc", "item:", "item:999999", $"item:{world.BudisItem}",
                     "99999999999999999999"
                 })
            (await Send(route with { Path = route.Path.Replace("{room}", room) }, world.Ana))
                .ShouldBeProblem(404, "not_found");
    }

    private static async Task EntriesAreNotThere(Route route, World world)
    {
        foreach (var seq in new[] { "999999", "0", "-1", "abc", "99999999999999999999" })
            (await Send(route with { Path = route.Path.Replace("{seq}", seq) }, world.Ana)).Status.ShouldBe(404);
    }

    private static async Task BodiesAreWrong(Route route, World world)
    {
        var person = route.IsOpen ? world.Stranger : world.Ana;
        foreach (var body in new[]
                 {
                     "{", "\uFEFF", "{}\uFEFF", "[]", "7", "null", "\"x\"", "{\"a\":1,\"a\":2}",
                     "{\"\\ud800\":1,\"a\":2}", "{\"name\":\"\\ud800\",}", "\0"
                 })
            (await SendText(route, person, body, "application/json")).ShouldBeProblem(400, "malformed");
        foreach (var type in new[] { "text/plain", "application/xml", "image/png", "nonsense" })
            (await SendText(route, person, "{}", type)).ShouldBeProblem(415, "unsupported_media_type");
        var large = new string(' ', 1024 * 1024 + 1);
        (await SendText(route, person, $"{{{large}}}", "application/json")).ShouldBeProblem(413, "too_large");
    }

    private static async Task FieldsAreWrong(Route route, Field field, World world)
    {
        var person = route.IsOpen ? world.Stranger : world.Ana;
        foreach (var wrong in Wrong(field))
        {
            var body = System.Text.Json.JsonSerializer.SerializeToNode(route.Good)!.AsObject();
            body[field.Name] = wrong?.DeepClone();
            var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            (await Send(route, person, content, ("If-Match", "*"))).ShouldBeProblem(422, "invalid", field.Name);
        }
    }

    internal static IEnumerable<JsonNode?> Wrong(Field field)
    {
        JsonNode?[] never = field.Takes is Takes.Amount or Takes.Delta
            ? ["abc", "5", true, 1.5, 1e30, new JsonArray(), new JsonObject(), 9007199254740992, -9007199254740992]
            : [7, true, new JsonArray(), new JsonObject(), "a\0b", "a\uFFFFb"];
        JsonNode?[] tooLong = field.Max > 0 ? [new string('x', field.Max + 1)] : [];
        JsonNode?[] missing = field.Takes is Takes.Name
            ? ["", "   ", "\u200b", null] : field.Takes is Takes.Delta ? [null, 0] : [];
        JsonNode?[] negative = field.Takes is Takes.Amount ? [-1] : [];
        return [.. never, .. tooLong, .. missing, .. negative];
    }

    private static async Task PagesAreWrong(Route route, World world)
    {
        foreach (var (query, status, code) in new[]
                 {
                     ("limit=0", 422, "invalid"), ("limit=201", 422, "invalid"), ("limit=x", 422, "invalid"),
                     ("limit=-1", 422, "invalid"),
                     ("cursor=x", 400, "bad_cursor"), ("cursor=", 400, "bad_cursor"),
                     ("cursor=AAAA", 400, "bad_cursor"),
                 })
            (await Send(route with { Path = $"{route.Path}?{query}" }, world.Ana)).ShouldBeProblem(status, code);
    }

    private static async Task VersionsAreWrong(Route route, World world)
    {
        foreach (var tag in new[] { "7", "\"7", "nonsense", "\"1\" \"2\"" })
            (await Send(route, world.Ana, headers: ("If-Match", tag))).ShouldBeProblem(400, "bad_etag");
        foreach (var tag in new[] { "\"7\"", "\"abc\"", "W/\"7\"", "\"7-gzip\"", "\"-1\"", "\"1-identity\"" })
            (await Send(route, world.Ana, headers: ("If-Match", tag))).ShouldBeProblem(412, "version_conflict");
    }

    private static async Task KeysAreWrong(Route route, World world)
    {
        foreach (var key in new[] { new string('k', 256), "a b", "tab\tbed" })
            (await Send(route, world.Ana, headers: ("Idempotency-Key", key)))
                .ShouldBeProblem(400, "bad_idempotency_key");
        (await Send(route, world.Ana, headers: [("Idempotency-Key", world.UsedKey), ("If-Match", "*")]))
            .ShouldBeProblem(422, "idempotency_key_reused");
    }

    private static Route Elsewhere(Route route, long workspace) =>
        route with
        {
            Path = route.Path.Replace("/api/", $"/api/w/{workspace}/").Replace("{item}", "1").Replace("{movement}", "1")
            .Replace("{account}", "1").Replace("{invitation}", "1").Replace("{seq}", "1").Replace("{room}", "lobby")
            .Replace("{message}", "1")
        };

    private static Task<Reply> SendText(Route route, Person person, string body, string type)
    {
        var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return Send(route, person, content);
    }

    private static Task<Reply> Send(
        Route route, Person person, string? _ = null, params (string, string)[] headers) =>
        Send(route, person, route.Good is null ? null : JsonContent.Create(route.Good), headers);

    private static Task<Reply> Send(
        Route route, Person person, HttpContent? content, params (string, string)[] headers) =>
        person.Send(
            new HttpMethod(route.Method),
            route.Path.Replace("{item}", $"{person.Known}").Replace("{movement}", $"{person.Known}")
                .Replace("{account}", $"{person.Id}").Replace("{invitation}", "1").Replace("{seq}", "1")
                .Replace("{workspace}", $"{person.Workspace}")
                .Replace("{room}", "lobby").Replace("{message}", $"{person.Message}"),
            content, headers);

    /// <summary>
    /// Ana and Budi, who have one item each, and a stranger. An invalid request must not change the data of Ana and
    /// Budi.
    /// </summary>
    private sealed record World(Person Ana, Person Budi, Person Stranger, long BudisItem, string UsedKey, string Before)
    {
        public static async Task<World> Make(TestApp app, bool isAdministrator)
        {
            var (ana, budi, key) = (await app.SignIn(), await app.SignIn(), $"used-{Guid.NewGuid()}");
            if (isAdministrator) await app.Promote(ana);
            ana.Known = await ana.CreateItem("Anas bolt", 5);
            ana.Message = (await ana.Say("Hello")).GetProperty("id").GetInt64();
            await ana.Post("/api/items", new { name = "Under a key" }, ("Idempotency-Key", key));
            var budis = await budi.CreateItem("Budis nut", 5);
            return new World(ana, budi, app.Stranger(), budis, key, await State(app, ana, budi));
        }

        public async Task NothingIsWritten(TestApp app) => (await State(app, Ana, Budi)).ShouldBe(Before);

        private static async Task<string> State(TestApp app, Person ana, Person budi) => string.Join('\n',
            (await ana.Get("/api/items")).Text, (await ana.Get("/api/items?starred=true")).Text,
            (await budi.Get("/api/items")).Text, (await ana.Get("/api/me")).Text,
            (await ana.Get("/api/rooms")).Text, (await ana.Get("/api/rooms/lobby/messages")).Text,
            (await app.Entries(ana.Workspace)).Count, (await app.Entries(budi.Workspace)).Count);
    }
}
