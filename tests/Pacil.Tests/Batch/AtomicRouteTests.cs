using System.Text.Json;
using System.Text.Json.Nodes;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Tests.Web;
using Pacil.Tests.Web.Requests;

namespace Pacil.Tests.Batch;

/// <summary>
/// Sends invalid requests to every writing route of a workspace, as part of an atomic batch. Each must get the problem
/// that it gets outside a batch, and the batch must write nothing.
/// </summary>
public sealed class AtomicRouteTests
{
    public static TheoryData<string> Routes =>
        [.. Route.Api.Where(route => route.IsInWorkspace && route.Method != "GET" && !IsSecret(route))
            .Select(route => route.Name)];

    /// <summary>Whether the response contains a secret, which must not be stored with the batch.</summary>
    internal static bool IsSecret(Route route) => route is { Method: "POST", Path: "/api/invitations" };

    [Theory, MemberData(nameof(Routes))]
    public async Task A_wrong_part_gets_its_problem_and_the_batch_writes_nothing(string name)
    {
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var app = await TestApp.WithoutLimits();
        var ana = await app.SignIn();
        ana.Known = await ana.CreateItem("Bolt", 5);
        ana.Message = (await ana.Say("Hello")).GetProperty("id").GetInt64();
        var budi = await app.SignIn();
        var before = (await app.Entries(ana.Workspace)).Count;

        foreach (var field in route.Fields)
            foreach (var wrong in BadInputTests.Wrong(field))
            {
                var body = JsonSerializer.SerializeToNode(route.Good)!.AsObject();
                body[field.Name] = wrong?.DeepClone();
                var problem = await Refused(ana, route, Path(route, ana), body, "*");
                (problem.Status, problem.Code).ShouldBe((422, "invalid"), $"{field.Name}: {wrong}");
                problem.Body.GetProperty("errors").TryGetProperty(field.Name, out _).ShouldBeTrue();
            }
        var elsewhere = Path(route, ana).Replace("/api/", $"/api/w/{budi.Workspace}/");
        (await Refused(ana, route, elsewhere, Good(route), "*")).ShouldBe(404, "not_found");
        if (route.TakesIfMatch)
        {
            (await Refused(ana, route, Path(route, ana), Good(route), "nonsense")).ShouldBe(400, "bad_etag");
            (await Refused(ana, route, Path(route, ana), Good(route), "\"7\"")).ShouldBe(412, "version_conflict");
        }

        (await app.Entries(ana.Workspace)).Count.ShouldBe(before);
    }

    private static JsonNode? Good(Route route) =>
        route.Good is null ? null : JsonSerializer.SerializeToNode(route.Good);

    private static string Path(Route route, Person person) =>
        route.Path.Replace("{item}", $"{person.Known}").Replace("{movement}", "1").Replace("{account}", $"{person.Id}")
            .Replace("{invitation}", "1").Replace("{seq}", "1").Replace("{room}", "lobby")
            .Replace("{message}", $"{person.Message}");

    private static async Task<Part> Refused(
        Person person, Route route, string path, JsonNode? body, string version)
    {
        var good = new JsonObject
        {
            ["method"] = "POST",
            ["path"] = "/api/items",
            ["body"] = new JsonObject { ["name"] = "Nut" },
        };
        var bad = new JsonObject
        {
            ["method"] = route.Method,
            ["path"] = path,
            ["body"] = body,
            ["headers"] = new JsonObject { ["If-Match"] = version },
        };
        var reply = await person.Post("/api/batch", new JsonObject
        {
            ["atomic"] = true,
            ["requests"] = new JsonArray(good, bad),
        });
        reply.ShouldBeProblem(409, "batch_failed").Json.Number("failed").ShouldBe(1);
        var part = reply.Json.GetProperty("responses")[1];
        return new Part((int)part.Number("status"), part.GetProperty("body").Text("code"), part.GetProperty("body"));
    }

    private sealed record Part(int Status, string Code, JsonElement Body)
    {
        public void ShouldBe(int status, string code) => (Status, Code).ShouldBe((status, code), $"{Body}");
    }
}
