using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;
using Pacil.Tests.Web;

namespace Pacil.Tests.Golden;

/// <summary>
/// For each route, the shape of its response to a valid request: status, headers and body. Ids are replaced, so that a
/// new route in the table does not change the responses of other routes.
/// </summary>
public sealed partial class RouteGoldenTests
{
    private const string File = "routes.json";

    /// <summary>The member of the golden file that contains the headers that all responses share.</summary>
    private const string Always = "always";

    /// <summary>Routes that are neither pages nor in the route table of the API.</summary>
    private static readonly string[] Others =
        ["/w/{workspace}/json", "/w/{workspace}/json/{item}", "/w/{workspace}/xml", "/w/{workspace}/xml/{item}",
            "/healthz", "/readyz", "/api/feed?wait=0", "/api/w/{workspace}/feed?wait=0"];

    [Theory, Databases]
    public async Task Answers_are_as_the_golden_file_has_them(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        // With this name, the administrator comes first in the list of users.
        var administrator = await app.SignIn("aaa");
        var answers = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var route in Route.Api.Concat(Others.Select(path => new Route("GET", path))))
        {
            var world = await RouteWorld.Make(app, administrator, route.IsAdministration);
            var reply = await world.Send(route);
            reply.Status.ShouldBeInRange(200, 299, $"{route.Name}: {reply.Text}");
            answers.Add(route.Name, Answer(reply));
        }
        await Repeated(await RouteWorld.Make(app, administrator, false), answers);
        GoldenFile.ShouldMatch(File, Shared(answers));
    }

    [Fact]
    public void Every_route_is_in_the_golden_file() =>
        Route.Api.Select(route => route.Name)
            .Except(GoldenFile.Read(File).AsObject().Select(answer => answer.Key)).ShouldBeEmpty();

    /// <summary>
    /// Adds the responses to repeated requests, to conditional requests, and to requests with other methods.
    /// </summary>
    private static async Task Repeated(RouteWorld world, SortedDictionary<string, JsonObject> answers)
    {
        var items = $"/api/w/{world.Lab}/items";
        var first = await world.Owner.Post(items, new { name = "Once" }, ("Idempotency-Key", "once"));
        answers["POST /api/items, again with its key"] = Answer(
            await world.Owner.Post(items, new { name = "Once" }, ("Idempotency-Key", "once")));
        var known = await world.Owner.Get(first.Header("Location")!, ("If-None-Match", first.Header("ETag")!));
        known.Status.ShouldBe(304);
        answers["GET /api/items/{id:long}, which is known"] = Answer(known);
        answers["HEAD /api/items"] = Answer(await world.Owner.Send(HttpMethod.Head, items, null));
        answers["GET /api/me, by a stranger"] = Answer(await world.App.Stranger().Get("/api/me"));
        answers["OPTIONS /api/items"] = Answer(await world.Owner.Send(HttpMethod.Options, items, null));
    }

    private static JsonObject Answer(Reply reply)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in reply.Headers.OrderBy(header => header.Key, StringComparer.Ordinal))
            if (name is not ("Date" or "Server" or "Content-Length")) headers[name] = Head(name, value);
        var isJson = reply.ContentType?.Contains("json") is true && reply.Text.Length > 0;
        return new JsonObject
        {
            ["status"] = reply.Status,
            ["headers"] = headers,
            ["body"] = isJson ? Shape.Json(Scrub.Json(reply.Json)) : Shape.Text(Scrub.Text(reply.Text)),
        };
    }

    /// <summary>
    /// For a Set-Cookie header, replaces the cookie's value, its expiry date, and the epoch in its name.
    /// </summary>
    private static string Head(string name, string value) => name != "Set-Cookie" ? Shape.Text(Scrub.Text(value))
        : CookieEpoch().Replace(
            CookieValue().Replace(CookieDate().Replace(value, "expires=<date>"), "${name}=<value>"), "pacil-<epoch>");

    /// <summary>Moves the headers that all responses share into one member.</summary>
    private static JsonObject Shared(SortedDictionary<string, JsonObject> answers)
    {
        var heads = answers.Values.Select(answer => answer["headers"]!.AsObject()).ToList();
        var always = heads[0].Where(
            header => heads.TrueForAll(head => JsonNode.DeepEquals(head[header.Key], header.Value)))
            .Select(header => KeyValuePair.Create(header.Key, header.Value?.DeepClone())).ToList();
        foreach (var (name, _) in always)
            foreach (var head in heads) head.Remove(name);
        return new JsonObject(answers.Select(answer => KeyValuePair.Create(answer.Key, (JsonNode?)answer.Value)))
        { [Always] = new JsonObject(always) };
    }

    [GeneratedRegex("(?<name>pacil[a-z0-9-]*|csrftoken|last_login)=[^;]+", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookieValue();

    [GeneratedRegex("pacil-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookieEpoch();

    [GeneratedRegex("expires=[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookieDate();
}
