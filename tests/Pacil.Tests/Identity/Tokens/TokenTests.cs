using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Tokens;

public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_token_is_shown_once_and_lets_a_program_in(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var made = await ana.Post("/api/tokens", new { name = " Printer ", scope = "write", expires_in_days = 1 });
        made.Status.ShouldBe(201, made.Text);
        made.Header("Cache-Control").ShouldBe("no-store");
        var (id, secret) = (made.Json.GetProperty("id").GetInt64(), made.Json.GetProperty("token").GetString()!);
        made.Header("Location").ShouldBe($"/api/tokens/{id}");
        made.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "name", "scope", "created_at", "expires_at", "last_used_at", "token"]);
        (made.Json.GetProperty("name").GetString(), made.Json.GetProperty("scope").GetString())
            .ShouldBe(("Printer", "write"));
        (Time(made.Json, "expires_at") - Time(made.Json, "created_at")).ShouldBe(TimeSpan.FromDays(1));

        var program = ana.Program(secret);
        await program.CreateItem("Printed");
        (await program.Names("/api/items")).ShouldBe(["Printed"]);
        (await program.Names($"/api/w/{ana.Workspace}/items")).ShouldBe(["Printed"]);
        (await program.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe(ana.Name);
        (await program.Page("/")).Text.ShouldContain("Printed");
        (await program.Get("/json")).Text.ShouldContain("Printed");

        var listed = (await ana.Get("/api/tokens")).Json.EnumerateArray().ShouldHaveSingleItem();
        listed.TryGetProperty("token", out _).ShouldBeFalse();
        (listed.GetProperty("id").GetInt64(), listed.GetProperty("name").GetString()).ShouldBe((id, "Printer"));
        Time(listed, "last_used_at").ShouldBe(Time(made.Json, "created_at"), TimeSpan.FromMinutes(1));
        (await program.Get("/api/tokens")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Left_out_a_token_may_read_for_ninety_days_and_only_who_says_null_gets_one_for_good(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var usual = (await ana.Post("/api/tokens", new { name = "Usual" })).Json;
        usual.GetProperty("scope").GetString().ShouldBe("read");
        (Time(usual, "expires_at") - Time(usual, "created_at")).ShouldBe(TimeSpan.FromDays(90));
        var lasting = (await ana.Post("/api/tokens", new { name = "Lasting", expires_in_days = (int?)null })).Json;
        lasting.GetProperty("expires_at").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ana.Program(lasting.GetProperty("token").GetString()!).Get("/api/items")).Status.ShouldBe(200);
        (await ana.Post("/api/tokens", new { name = "Long", expires_in_days = 366 })).Status.ShouldBe(201);

        foreach (var days in new object[] { 0, -1, 367, 1.5, "7", true })
            (await ana.Post("/api/tokens", new { name = "Wrong", expires_in_days = days }))
                .ShouldBeProblem(422, "invalid", "expires_in_days");
        (await ana.Post("/api/tokens", new { name = "Wrong", scope = "owner" }))
            .ShouldBeProblem(422, "invalid", "scope");
        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(3);
    }

    [Theory, Databases]
    public async Task The_header_alone_decides(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var secret = (await ana.CreateToken()).GetProperty("token").GetString()!;
        var unknown = $"pacil_{new string('A', 43)}";

        // The request contains Budi's cookies and Ana's token. The token takes precedence.
        (await budi.Get("/api/me", ("Authorization", $"Bearer {secret}"))).Json.GetProperty("id").GetInt64()
            .ShouldBe(ana.Id);
        (await budi.Get("/api/me", ("Authorization", $"bearer {secret}"))).Json.GetProperty("id").GetInt64()
            .ShouldBe(ana.Id);
        foreach (var wrong in new[]
        {
            "Bearer", "Bearer x", $"Bearer {unknown}", $"Bearer {secret}x", $"Bearer {secret[..^1]}", secret,
            $"Basic {secret}",
            $"Bearer {secret}, Bearer {secret}", $"Bearer {budi.Cookie("pacil")}", $"Token {secret}",
        })
            foreach (var path in new[]
                     {
                         "/api/items", "/api/me", "/api/feed", "/json", "/login", "/healthz", "/api/nothing"
                     })
            {
                var refused = await budi.Get(path, ("Authorization", wrong));
                refused.ShouldBeProblem(401, "invalid_token");
                refused.Header("WWW-Authenticate").ShouldBe("Bearer");
            }
        (await budi.Page("/")).Status.ShouldBe(200);
        (await budi.Get("/", ("Accept", "text/html"), ("Authorization", $"Bearer {unknown}"))).Status.ShouldBe(401);
        (await app.Stranger().Get("/api/items", ("Cookie", $"pacil={secret}"))).ShouldBeProblem(401, "not_signed_in")
            .Header("WWW-Authenticate").ShouldBe("Bearer");
    }

    [Theory, Databases]
    public async Task A_program_needs_no_csrf_token_and_may_come_from_anywhere(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);

        (await program.Post(
            "/api/items", new { name = "Bolt" }, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")))
            .Status.ShouldBe(201);
        (await program.SubmitForm("/create-item", ("name", "Nut"))).Status.ShouldBe(303);
        (await program.Names("/api/items")).ShouldBe(["Bolt", "Nut"], ignoreOrder: true);
    }

    [Theory, Databases]
    public async Task What_opens_the_account_for_good_takes_a_session(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var token = await ana.CreateToken();
        var program = ana.Program(token.GetProperty("token").GetString()!);
        var id = token.GetProperty("id").GetInt64();

        (await program.Post("/api/tokens", new { name = "Another" })).ShouldBeProblem(403, "session_required");
        (await program.Delete($"/api/tokens/{id}")).ShouldBeProblem(403, "session_required");
        (await program.Post(
            "/api/me/password", new { current_password = TestApp.Password, password = "green-heron-17" }))
            .ShouldBeProblem(403, "session_required");
        (await program.Post("/api/logout")).ShouldBeProblem(403, "session_required");
        (await program.SubmitForm("/settings/tokens", ("name", "Another"))).Status.ShouldBe(403);
        (await program.SubmitForm($"/settings/tokens/{id}/revoke")).Status.ShouldBe(403);
        (await program.SubmitForm("/settings/password", ("current_password", TestApp.Password),
            ("password", "green-heron-17"))).Status.ShouldBe(403);
        (await program.SubmitForm("/logout")).Status.ShouldBe(403);

        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(1);
        (await program.Get("/api/items")).Status.ShouldBe(200);
        await app.Stranger().SignInAs(ana.Name);
    }

    [Theory, Databases]
    public async Task A_revoked_token_opens_nothing_from_then_on(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var token = await ana.CreateToken();
        var (program, path) =
            (ana.Program(token.GetProperty("token").GetString()!), $"/api/tokens/{token.GetProperty("id").GetInt64()}");
        (await program.Get("/api/items")).Status.ShouldBe(200);

        (await budi.Delete(path)).ShouldBeProblem(404, "not_found");
        (await program.Get("/api/items")).Status.ShouldBe(200);
        (await ana.Delete(path)).Status.ShouldBe(204);
        (await program.Get("/api/items")).ShouldBeProblem(401, "invalid_token");
        (await ana.Delete(path)).ShouldBeProblem(404, "not_found");
        (await ana.Delete("/api/tokens/999999")).ShouldBeProblem(404, "not_found");
        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(0);
        (await budi.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(0);
    }

    [Theory, Databases]
    public async Task An_expired_token_opens_nothing_even_while_it_is_remembered(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        await Change(app, ana, "expires_at = @Soon", tx => tx.Now.AddSeconds(1.5));
        var end = Time((await ana.Get("/api/tokens")).Json[0], "expires_at");

        for (var isOver = false; !isOver; await Task.Delay(10, Cancellation))
        {
            isOver = TimeProvider.System.UtcNow() > end;
            var reply = await program.Get("/api/items");
            if (isOver) reply.ShouldBeProblem(401, "invalid_token");
            else if (TimeProvider.System.UtcNow() < end) reply.Status.ShouldBe(200);
        }
        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(1);
        await Change(app, ana, "expires_at = @Soon", tx => tx.Now.AddDays(-31));
        await app.Sweep();
        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(0);
    }

    [Theory, Databases]
    public async Task A_new_password_ends_every_token(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        (await program.Get("/api/items")).Status.ShouldBe(200);

        (await ana.Post("/api/me/password", new { current_password = TestApp.Password, password = "green-heron-17" }))
            .Status.ShouldBe(204);

        (await program.Get("/api/items")).ShouldBeProblem(401, "invalid_token");
        (await ana.Get("/api/tokens")).Json.GetArrayLength().ShouldBe(0);
        await app.Sweep();
        (await Count(app, ana)).ShouldBe(0);
        await ana.CreateToken();
        await app.Sweep();
        (await Count(app, ana)).ShouldBe(1);
    }

    [Theory, Databases]
    public async Task A_session_that_has_just_ended_leaves_no_token_behind(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Get("/api/me")).Status.ShouldBe(200);
        // Deletes the session as another process would, so this process still has the session in its cache.
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "delete from session where account_id = @Id", new { ana.Id }), Cancellation);

        (await ana.Post("/api/tokens", new { name = "Late" })).ShouldBeProblem(401, "not_signed_in");
        (await Count(app, ana)).ShouldBe(0);
    }

    [Theory, Databases]
    public async Task An_account_has_fifty_tokens_and_no_more(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 45; n++) await ana.CreateToken();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => ana.Post("/api/tokens", new { name = "Many" })));

        replies.Count(reply => reply.Status == 201).ShouldBe(5);
        replies.First(reply => reply.Status != 201).ShouldBeProblem(409, "too_many_tokens").Json.GetProperty("detail")
            .GetString()!.ShouldContain("50");
        var tokens = (await ana.Get("/api/tokens")).Json;
        tokens.GetArrayLength().ShouldBe(50);
        await ana.Delete($"/api/tokens/{tokens[0].GetProperty("id").GetInt64()}");
        await ana.CreateToken();
    }

    [Theory, Databases]
    public async Task Its_last_use_is_written_once_a_minute(TestDatabase database)
    {
        var app = await TestApp.On(database);
        foreach (var (ago, isWritten) in new[] { (30, false), (90, true) })
        {
            var ana = await app.SignIn();
            var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
            await Change(app, ana, "last_used_at = @Soon", tx => tx.Now.AddSeconds(-ago));
            var before = Time((await ana.Get("/api/tokens")).Json[0], "last_used_at");
            await program.Get("/api/items");
            (Time((await ana.Get("/api/tokens")).Json[0], "last_used_at") > before).ShouldBe(isWritten);
        }
    }

    [Fact]
    public async Task Guesses_fill_no_memory()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        await program.Get("/api/items");
        for (var n = 100; n < 200; n++)
            (await ana.Program($"pacil_{new string('A', 40)}{n}").Get("/api/items")).Status.ShouldBe(401);

        app.Services.GetRequiredService<SessionStore>().CachedCount.ShouldBe(2);
    }

    [Fact]
    public async Task The_description_of_the_api_says_how_a_program_signs_in()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var document = (await app.Stranger().Get("/openapi/v1.json")).Json;
        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token");
        (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()).ShouldBe(("http", "bearer"));
        document.GetProperty("security")[0].TryGetProperty("token", out _).ShouldBeTrue();
        document.GetProperty("components").GetProperty("schemas").GetProperty("CreatedToken").GetProperty("properties")
            .TryGetProperty("token", out _).ShouldBeTrue();
    }

    [Theory, Databases]
    public async Task The_settings_page_lists_makes_and_revokes_by_plain_forms(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Page("/settings")).Text.ShouldContain("Access for programs");

        var made = await ana.SubmitForm(
            "/settings/tokens", ("name", "Printer <b>"), ("scope", "write"), ("expires_in_days", ""));
        made.Status.ShouldBe(200, made.Text);
        made.Header("Cache-Control").ShouldBe("no-store");
        var secret = made.Text.Split("pacil_")[1].Split('"')[0];
        var id = (await ana.Get("/api/tokens")).Json[0].GetProperty("id").GetInt64();
        (await ana.Program($"pacil_{secret}").Get("/api/items")).Status.ShouldBe(200);

        var page = (await ana.Page("/settings")).Text;
        page.ShouldContain("Printer &lt;b&gt;");
        page.ShouldContain("view and change · last used now · never expires");
        page.ShouldNotContain(secret);
        (await ana.SubmitForm("/settings/tokens", ("name", ""))).Text.ShouldContain("Please fill this in.");
        (await ana.SubmitForm($"/settings/tokens/{id}/revoke")).Header("Location").ShouldBe("/settings");
        (await ana.Page("/settings")).Text.ShouldContain("The token was revoked.");
        (await ana.SubmitForm($"/settings/tokens/{id}/revoke")).Status.ShouldBe(404);
        (await ana.Program($"pacil_{secret}").Get("/api/items")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_documents_example_runs_as_it_stands()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/api/tokens.md"), Cancellation);
        var script = document.Split("```sh\n")[1].Split("```")[0].Replace(
            "http://127.0.0.1:5080", app.Address.ToString().TrimEnd('/'));
        var folder = Directory.CreateTempSubdirectory("pacil-curl-").FullName;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-ec", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await bash.StandardOutput.ReadToEndAsync(Cancellation);
        Directory.Delete(folder, recursive: true);

        output.ShouldContain("\"name\":\"AA cells\"");
        output.ShouldContain("\"kind\":\"item_created\"");
    }

    private static DateTime Time(JsonElement token, string member) =>
        token.GetProperty(member).GetDateTime().ToUniversalTime();

    private static Task<int> Change(TestApp app, Person person, string set, Func<WriteTransaction, DateTime> time) =>
        app.Database.Write(
            Actor.Program, tx => tx.Execute($"update api_token set {set} where account_id = @Id",
                new { person.Id, Soon = time(tx) }), Cancellation);

    private static Task<int> Count(TestApp app, Person person) => app.Database.Read(
        connection => connection.First<int>("select count(*) from api_token where account_id = @Id", new { person.Id }),
        Cancellation);
}
