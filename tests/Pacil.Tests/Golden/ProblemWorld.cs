using System.Text.Json.Nodes;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>
/// The response to a request that causes a problem: its body and the headers that matter for problems.
/// </summary>
internal sealed record ProblemAnswer(JsonObject Headers, JsonObject Body)
{
    private static readonly string[] Told =
        ["Content-Type", "Cache-Control", "Retry-After", "WWW-Authenticate", "Allow", "Connection"];

    public static ProblemAnswer Of(Reply reply) => new(
        new JsonObject(Told.Where(reply.Headers.ContainsKey)
            .Select(name => KeyValuePair.Create(name, (JsonNode?)reply.Headers[name]))),
        Shape.Json(Scrub.Json(reply.Json))!.AsObject());

    /// <summary>A problem in one part of a batch response.</summary>
    public static ProblemAnswer Part(JsonNode responses, int n) =>
        new([], Shape.Json(Scrub.Json(responses[n]!["body"]))!.AsObject());
}

/// <summary>
/// A server with low rate limits, its administrator Ana, and Budi. Ana owns a workspace in which Budi is a viewer.
/// </summary>
internal sealed record ProblemWorld(TestApp App, Person Ana, Person Budi, long Lab, string Language)
{
    public const int MessagesPerMinute = 4;

    public string Api => $"/api/w/{Lab}";

    public static async Task<ProblemWorld> Make(TestDatabase database, string language)
    {
        var app = await TestApp.Start(database, settings => settings with
        {
            StreamsPerAccount = 1,
            MessagesPerMinute = MessagesPerMinute,
            Hosts = "127.0.0.1",
        });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        ana.Language = budi.Language = language;
        var lab = await ana.CreateWorkspace();
        await ana.Admit(budi, Role.Viewer, lab);
        return new(app, ana, budi, lab, language);
    }

    public Person Stranger()
    {
        var stranger = App.Stranger();
        stranger.Language = Language;
        return stranger;
    }

    public async Task<Person> SignIn()
    {
        var person = await App.SignIn();
        person.Language = Language;
        return person;
    }

    public async Task<Person> Member(Role role, long? workspace = null)
    {
        var member = await SignIn();
        await Ana.Admit(member, role, workspace ?? Lab);
        return member;
    }

    public async Task<long> Item(long amount = 5) => await Made($"{Api}/items", new { name = "Bolt <8>", amount });

    public async Task<long> Made(string path, object body)
    {
        var reply = await Ana.Post(path, body);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.Number("id");
    }

    public async Task<long> NewestEntry() => (await Ana.Get($"{Api}/entries?limit=1")).Json[0].Number("seq");

    /// <summary>Creates an invitation to the workspace. Returns the invitation's id and path.</summary>
    public async Task<(long Id, string Path)> Invitation(object body)
    {
        var reply = await Ana.Post($"{Api}/invitations", body);
        reply.Status.ShouldBe(201, reply.Text);
        return (reply.Json.Number("id"), reply.Json.Text("path"));
    }

    public Task<Reply> Batch(bool atomic, params object[] requests) => Ana.Post("/api/batch", new { atomic, requests });
}
