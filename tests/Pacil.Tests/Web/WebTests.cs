using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

public sealed partial class WebTests
{
    /// <summary>
    /// If an authentication scheme provider were registered, WebApplication would add the framework's authentication
    /// middleware to every request.
    /// </summary>
    [Fact]
    public async Task The_frameworks_authentication_is_not_there()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        app.Services.GetService<IAuthenticationSchemeProvider>().ShouldBeNull();
        app.Services.GetService<IAuthorizationMiddlewareResultHandler>().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_body_that_is_empty_says_nothing_and_a_mark_of_its_encoding_is_no_part_of_it()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var path in new[] { "/api/notifications/read", "/api/rooms/lobby/read" })
            (await ana.Send(HttpMethod.Post, path, Json(""))).Status.ShouldBe(200, path);
        (await ana.Send(HttpMethod.Post, "/api/items", Json(""))).ShouldBeProblem(422, "invalid", "name");
        (await ana.Send(HttpMethod.Post, "/api/batch", Json(""))).ShouldBeProblem(422, "invalid", "requests");

        (await ana.Send(HttpMethod.Post, "/api/items", Json("\uFEFF" + """{"name": "Bolt"}"""))).Status.ShouldBe(201);
        (await ana.Send(HttpMethod.Put, "/api/drafts/mine", Json("\uFEFF" + """{"name": "Bo"}""")))
            .Status.ShouldBe(200);
        var batch = await ana.Send(
            HttpMethod.Post, "/api/batch", Json("\uFEFF" + """{"requests": [{"path": "/api/me"}]}"""));
        batch.Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(200, batch.Text);
        (await ana.Get("/api/drafts/mine")).Text.ShouldNotContain("\uFEFF");

        static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
    }

    [Fact]
    public async Task Answers_tell_browsers_what_not_to_do()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var api = await ana.Get("/api/items");
        api.Header("X-Content-Type-Options").ShouldBe("nosniff");
        api.Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        var missing = await ana.Get("/api/nothing");
        missing.ShouldBeProblem(404, "not_found").Header("Content-Security-Policy").ShouldNotBeNull();
        var page = await ana.Page("/");
        page.Header("Cache-Control").ShouldBe("no-store");
        page.Header("Content-Security-Policy")!.ShouldContain("script-src 'self' 'sha256-");
        page.Header("Content-Security-Policy")!.ShouldNotContain("unsafe");
        page.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'");
        page.Header("Server").ShouldBeNull();
    }

    [Fact]
    public async Task What_one_is_answered_no_proxy_may_keep()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var item = await ana.CreateItem();
        foreach (var path in new[]
                 {
                     "/api/items", $"/api/items/{item}", "/api/me", "/api/tokens", "/json", "/xml",
                     "/api/notifications", "/api/search?q=bo"
                 })
            (await ana.Get(path)).Header("Cache-Control").ShouldBe("no-cache, private", path);
        (await ana.Get($"/api/items/{item}", ("If-None-Match", "\"1\""))).Header("Cache-Control")
            .ShouldBe("no-cache, private");
        (await ana.Post("/api/invitations", new { role = "viewer" })).Header("Cache-Control").ShouldBe("no-store");
    }

    [Fact]
    public async Task Nothing_in_a_page_is_inline_but_the_import_map()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.CreateItem("<script>alert(1)</script>\"'&", 3);

        foreach (var path in new[] { "/", "/create-item", "/settings", "/items/1", "/logout", "/items?x=<script>" })
        {
            var page = (await ana.Page(path)).Text;
            page.ShouldNotContain("alert(1)</script>");
            InlineCode().Matches(page).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task Methods_and_addresses_that_do_not_exist_are_problems()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        (await ana.Put("/api/items", new { })).ShouldBeProblem(405, "method_not_allowed")
            .Header("Allow")!.ShouldContain("POST");
        (await ana.Get("/api/nothing")).ShouldBeProblem(404, "not_found");
        var page = await ana.Page("/nothing");
        (page.Status, page.ContentType).ShouldBe((404, "text/html; charset=utf-8"));
        page.Text.ShouldContain("This does not exist, or you have no access to it.");
        page.Text.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Problems_speak_the_readers_language()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Baut");

        Detail(await ana.Get("/api/items/0", ("Accept-Language", "id-ID,id;q=0.9,en;q=0.1")))
            .ShouldStartWith("Ini tidak ada");
        Detail(await ana.Get("/api/items/0", ("Accept-Language", "fr, en;q=0.5, id;q=0.1")))
            .ShouldStartWith("This does not exist");
        foreach (var language in new[] { "in", "in-ID", "in_ID", "id_ID", "IN;q=0.9, fr" })
            Detail(await ana.Get("/api/items/0", ("Accept-Language", language)))
                .ShouldStartWith("Ini tidak ada", Case.Sensitive, language);
        Detail(await ana.Post("/api/items", new { name = "" }, ("Accept-Language", "id")))
            .ShouldBe("Nama: Ini wajib diisi.");
        Detail(await ana.Get("/api/nothing", ("Accept-Language", "id"))).ShouldStartWith("Ini tidak ada");
        (await ana.Delete($"/api/items/{item}", ("Accept-Language", "id"))).Json.GetProperty("message").GetString()
            .ShouldBe("Baut diarsipkan.");
        await ana.Patch("/api/me", new { language = "id" });
        Detail(await ana.Get("/api/items/0", ("Accept-Language", "en"))).ShouldStartWith("Ini tidak ada");

        static string Detail(Reply reply) => reply.Json.GetProperty("detail").GetString()!;
    }

    [Fact]
    public async Task Numbers_and_times_on_a_page_are_written_as_the_reader_writes_them()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.CreateItem("Sekrup", 1284);

        (await ana.Page("/")).Text.ShouldContain("<b data-amount>1,284</b>");
        await ana.Patch("/api/me", new { language = "id" });
        var page = (await ana.Page("/")).Text;
        page.ShouldContain("<b data-amount>1.284</b>");
        page.ShouldContain("sekarang");
    }

    [Fact]
    public async Task A_hundred_and_twenty_searches_a_minute_and_no_more()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var replies = await Task.WhenAll(Enumerable.Range(0, 130).Select(_ => ana.Get("/api/search?q=bolt")));

        replies.Count(reply => reply.Status == 200).ShouldBe(120);
        replies.First(reply => reply.Status != 200).ShouldBeProblem(429, "too_many_requests").Header("Retry-After")
            .ShouldNotBeNull();
        (await ana.Get("/api/items")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Limits_can_be_set_and_turned_off()
    {
        await using var strict = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestsPerMinute = 5 });
        var stranger = strict.Stranger();
        for (var n = 0; n < 5; n++) await stranger.Get("/api/me");
        (await stranger.Get("/api/me")).ShouldBeProblem(429, "too_many_requests");
        (await strict.Stranger().Get("/api/me")).Status.ShouldBe(401);

        // A new user name does not reset the rate limit of the account.
        var ana = await strict.SignIn();
        for (var n = 0; n < 5; n++) await ana.Patch("/api/me", new { username = $"ana_{n}" });
        (await ana.Get("/api/items")).ShouldBeProblem(429, "too_many_requests");

        await using var open = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestsPerMinute = 5, Limits = "off" });
        for (var n = 0; n < 20; n++) (await open.Stranger().Get("/api/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_api_describes_itself_and_can_be_tried_on_a_page()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var stranger = app.Stranger();

        var document = await stranger.Get("/openapi/v1.json");
        var paths = document.Json.GetProperty("paths");
        foreach (var route in Route.Api)
            paths.TryGetProperty(route.Name.Split(' ')[1].Replace(":long", ""), out _).ShouldBeTrue(route.Name);
        var create = paths.GetProperty("/api/items").GetProperty("post");
        create.GetProperty("requestBody").GetProperty("content")
            .TryGetProperty("application/json", out _).ShouldBeTrue();
        document.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
        (await stranger.Get("/openapi/v1.json")).Text.ShouldBe(document.Text);
        (await stranger.Get("/api")).Header("Location").ShouldBe("/api/index.html");
        var explorer = await stranger.Get("/api/index.html");
        (explorer.Status, explorer.Header("Content-Security-Policy")!.Contains("script-src 'self';"))
            .ShouldBe((200, true));
    }

    [Fact]
    public async Task The_texts_of_the_scripts_have_one_address_for_each_language()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var stranger = app.Stranger();
        var page = (await stranger.Get("/login", ("Accept", "text/html"), ("Accept-Language", "id"))).Text;
        var address = Regex.Match(page, @"/texts/id-[0-9a-f]{10}\.js", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Value;

        var script = await stranger.Get(address);
        (script.Status, script.ContentType).ShouldBe((200, "text/javascript; charset=utf-8"));
        script.Header("Cache-Control").ShouldBe("public, max-age=31536000, immutable");
        script.Text.ShouldStartWith("export default globalThis.pacilTexts = {");
        foreach (var other in new[] { "1-x", "en-x", "id", "tlh-0123456789", address[7..^3].ToUpperInvariant() })
            (await stranger.Get($"/texts/{other}.js")).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task What_a_route_may_be_asked_for_is_described_and_nothing_else_is_read()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" });
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        var lists = (await ana.Get("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _)
                && !path.Name.Contains("{workspace}", StringComparison.Ordinal) && !path.Name.EndsWith('}'))
            .ToDictionary(path => path.Name, path => Asked(path.Value.GetProperty("get")));
        lists["/api/items"].ShouldBe(["search", "low", "archived", "starred", "sort", "limit", "cursor"]);
        lists["/api/feed"].ShouldBe(["after", "follow", "here", "wait", "Last-Event-ID"]);
        // Any text is a valid search. All other parameters are validated.
        var names = lists.Values.SelectMany(asked => asked).Distinct()
            .Except(["id", "room", "q", "search", "Last-Event-ID"]).ToList();

        foreach (var (path, asked) in lists)
            foreach (var name in names)
            {
                var address = path.Replace("{id}", $"{item}").Replace("{room}", "lobby");
                var reply = await ana.Get($"{address}?{name}=~{(name == "wait" ? "" : "&wait=0")}");
                (reply.Status is 400 or 422).ShouldBe(asked.Contains(name), $"{path} and {name}: {reply.Status}");
            }

        static List<string> Asked(JsonElement get) => get.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() != "path")
                .Select(parameter => parameter.GetProperty("name").GetString()!)]
            : [];
    }

    [Theory, Databases]
    public async Task Whoever_watches_the_process_hears_that_it_lives_and_serves(TestDatabase database)
    {
        var app = await TestApp.On(database);
        (await app.Stranger().Get("/healthz")).Text.ShouldBe("ok");
        (await app.Stranger().Get("/readyz")).Text.ShouldBe("ready");
    }

    [GeneratedRegex(@"<style|\sstyle=|\son\w+=|<script(?! type=""(importmap|module)"")", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineCode();
}
