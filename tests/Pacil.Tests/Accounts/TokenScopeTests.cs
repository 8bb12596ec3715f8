using System.Net.Http.Json;
using Pacil.Tests.Admin;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Tests.Web;

namespace Pacil.Tests.Accounts;

/// <summary>What a token that may only read is refused and granted, over every route of the API.</summary>
public sealed class TokenScopeTests
{
    public static TheoryData<TestDatabase, string> Routes =>
        [.. from database in Enum.GetValues<TestDatabase>()
            from route in Route.Api
            select new TheoryDataRow<TestDatabase, string>(database, route.Name)
            {
                Skip = database == TestDatabase.Postgres && DatabasesAttribute.Server is null ? DatabasesAttribute.None : null,
            }];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_token_that_may_read_reads_everything_and_writes_nothing(TestDatabase database, string name)
    {
        var app = await TestApp.On(database);
        var route = Route.Api.Single(candidate => candidate.Name == name);
        var ana = await app.SignIn();
        if (route.IsAdministration) await app.Promote(ana);
        var item = await ana.CreateItem("Bolt", 5);
        var program = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        var movement = (await ana.Get($"/api/items/{item}/movements")).Json[0].GetProperty("id").GetInt64();
        var message = (await ana.Say("Hello")).GetProperty("id").GetInt64();
        var path = route.Path.Replace("{item}", $"{item}").Replace("{movement}", $"{movement}")
            .Replace("{workspace}", $"{ana.Workspace}").Replace("{room}", "lobby").Replace("{message}", $"{message}")
            .Replace("{form}", "mine").Replace("{account}", $"{ana.Id}");
        await ana.Put("/api/drafts/mine", new { name = "Bo" });
        var before = await State(app, ana, item);

        var reply = await program.Send(
            new HttpMethod(route.Method), path, route.Good is null ? null : JsonContent.Create(route.Good), ("If-Match", "\"1\""));

        if (route.Method != "GET") reply.ShouldBeProblem(403, "read_only_token");
        else reply.Status.ShouldBe(200, reply.Text);
        (await State(app, ana, item)).ShouldBe(before);
    }

    [Theory, Databases]
    public async Task Nor_does_it_write_by_a_form(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var program = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        var before = await State(app, ana, item);

        foreach (var path in new[] { "/create-item", $"/items/{item}/movements", $"/items/{item}/archive", "/settings", "/settings/tokens", "/logout" })
            (await program.SubmitForm(path, ("name", "Nut"), ("quantity", "1"), ("sign", "1"))).Status.ShouldBe(403);

        (await program.Page($"/items/{item}")).Status.ShouldBe(200);
        (await State(app, ana, item)).ShouldBe(before);
    }

    private static async Task<string> State(TestApp app, Person ana, long item) => string.Join('\n',
        (await ana.Get("/api/items?archived=true")).Text, (await ana.Get("/api/items")).Text, (await ana.Get("/api/me")).Text,
        (await ana.Get("/api/rooms/lobby/messages")).Text,
        (await ana.Get($"/api/items/{item}/movements")).Text, (await app.Entries(ana.Workspace)).Count,
        (await ana.Get("/api/tokens")).Json.GetArrayLength());
}
