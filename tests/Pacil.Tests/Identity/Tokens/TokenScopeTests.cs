using System.Net.Http.Json;
using Pacil.Tests.Admin;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Tests.Web;

namespace Pacil.Tests.Identity.Tokens;

/// <summary>Tests which token scopes each route of the API accepts.</summary>
public sealed class TokenScopeTests
{
    public static TheoryData<TestDatabase, string> Routes =>
        [.. from database in Enum.GetValues<TestDatabase>()
            from route in Route.Api
            select new TheoryDataRow<TestDatabase, string>(database, route.Name)
            {
                Skip = database == TestDatabase.Postgres
                    && DatabasesAttribute.Server is null ? DatabasesAttribute.None : null,
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
            new HttpMethod(route.Method), path, route.Good is null ? null : JsonContent.Create(route.Good),
            ("If-Match", "\"1\""));

        if (route.Method != "GET") reply.ShouldBeProblem(403, "read_only_token");
        else reply.Status.ShouldBe(200, reply.Text);
        (await State(app, ana, item)).ShouldBe(before);
    }

    /// <summary>
    /// A thief who has a token for an hour must not be able to create lasting access. Apart from a session, only a
    /// token with the scope admin can give access.
    /// </summary>
    [Theory, MemberData(nameof(Routes))]
    public async Task Only_a_session_and_a_token_for_it_give_access(TestDatabase database, string name)
    {
        var app = await TestApp.On(database);
        var route = Route.Api.Single(candidate => candidate.Name == name);
        if (route.Method == "GET") return;
        var ana = await app.SignIn();
        if (route.IsAdministration) await app.Promote(ana);
        var path = route.Path.Replace("{item}", "999999").Replace("{workspace}", $"{ana.Workspace}")
            .Replace("{room}", "lobby")
            .Replace("{form}", "mine").Replace("{seq}", "999999").Replace("{message}", "999999")
            .Replace("{invitation}", "999999")
            .Replace("{account}", "999999");

        foreach (var (scope, isRefused) in new[] { ("write", route.GivesAccess), ("admin", false) })
        {
            var program = ana.Program((await ana.CreateToken(scope)).GetProperty("token").GetString()!);
            var alone = await program.Send(
                new HttpMethod(route.Method), path, route.Good is null ? null : JsonContent.Create(route.Good),
                ("If-Match", "\"1\""));
            IsSessionRequired(alone.Text).ShouldBe(isRefused || NeedsSession(route), $"{scope}: {alone.Text}");
            var batch = await program.Post("/api/batch",
                new { requests = new[] { new { method = route.Method, path = $"{path}/", body = route.Good } } });
            batch.Status.ShouldBe(200, batch.Text);
            (IsSessionRequired(batch.Text) || batch.Text.Contains("not_in_a_batch"))
                .ShouldBe(isRefused || NeedsSession(route) || IsNeverInABatch(route), $"{scope}: {batch.Text}");
        }
        (await ana.Get("/api/me")).Status.ShouldBe(200);

        static bool IsSessionRequired(string text) => text.Contains("session_required");
        static bool NeedsSession(Route route) =>
            route.Name is "POST /api/logout" or "POST /api/me/password" or "DELETE /api/me"
                or "DELETE /api/users/{account:long}";
        static bool IsNeverInABatch(Route route) =>
            route.Path is "/api/register" or "/api/login" or "/api/batch" or "/api/tokens" or "/api/tokens/{item}";
    }

    [Theory, Databases]
    public async Task A_token_changes_neither_name_nor_address_and_makes_no_token_for_access(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var writer = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        var admin = ana.Program((await ana.CreateToken("admin")).GetProperty("token").GetString()!);

        (await writer.Patch("/api/me", new { language = "id", time_zone = "Asia/Jakarta" })).Status.ShouldBe(200);
        foreach (var change in new object[]
                 {
                     new { username = $"{ana.Name}2" }, new { email = "a@example.org" }, new { email = (string?)null }
                 })
            (await writer.Patch("/api/me", change)).ShouldBeProblem(403, "session_required");
        foreach (var path in new[]
                 {
                     "/settings", "/members", "/members/999999", "/members/999999/remove",
                     "/members/invitations/999999/revoke", "/settings/tokens"
                 })
            (await writer.SubmitForm(path, ("username", "eve"), ("email", ""), ("role", "owner"), ("name", "Nut")))
                .Status.ShouldBe(403, path);
        (await writer.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe(ana.Name);

        (await admin.Post("/api/tokens", new { name = "More", scope = "admin" }))
            .ShouldBeProblem(403, "session_required");
        (await admin.Post("/api/tokens", new { name = "Less", scope = "write" })).Status.ShouldBe(201);
        (await admin.Patch("/api/me", new { email = $"{ana.Name}@example.org" })).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Nor_does_it_write_by_a_form(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var program = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        var before = await State(app, ana, item);

        foreach (var path in new[]
                 {
                     "/create-item", $"/items/{item}/movements", $"/items/{item}/archive", "/settings",
                     "/settings/tokens", "/logout"
                 })
            (await program.SubmitForm(path, ("name", "Nut"), ("quantity", "1"), ("sign", "1"))).Status.ShouldBe(403);

        (await program.Page($"/items/{item}")).Status.ShouldBe(200);
        (await State(app, ana, item)).ShouldBe(before);
    }

    private static async Task<string> State(TestApp app, Person ana, long item) => string.Join('\n',
        (await ana.Get("/api/items?archived=true")).Text, (await ana.Get("/api/items")).Text,
        (await ana.Get("/api/me")).Text,
        (await ana.Get("/api/rooms/lobby/messages")).Text,
        (await ana.Get($"/api/items/{item}/movements")).Text, (await app.Entries(ana.Workspace)).Count,
        (await ana.Get("/api/tokens")).Json.GetArrayLength());
}
