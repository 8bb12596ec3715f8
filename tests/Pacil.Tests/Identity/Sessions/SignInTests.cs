using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Sessions;

public sealed class SignInTests
{
    [Theory, Databases]
    public async Task Signing_in_opens_a_session_and_signing_out_ends_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var (session, token) = (ana.Cookie("pacil"), ana.Cookie("csrftoken"));
        DateTime.Parse(ana.Cookie("last_login")!).ToUniversalTime()
            .ShouldBe(TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
        (await ana.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe(ana.Name);

        (await ana.Post("/api/logout")).Status.ShouldBe(204);

        ana.Cookie("pacil").ShouldBeNull();
        ana.Cookie("last_login").ShouldBeNull();
        ana.Cookie("csrftoken").ShouldNotBe(token);
        var thief = app.Stranger();
        (await thief.Get("/api/me", ("Cookie", $"pacil={session}"))).ShouldBeProblem(401, "not_signed_in");
    }

    [Theory, Databases]
    public async Task Each_sign_in_opens_a_session_of_its_own_and_ends_the_one_it_replaces(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var (first, token) = (ana.Cookie("pacil"), ana.Cookie("csrftoken"));

        await ana.SignIn();

        ana.Cookie("pacil").ShouldNotBe(first);
        ana.Cookie("csrftoken").ShouldNotBe(token);
        (await app.Stranger().Get("/api/me", ("Cookie", $"pacil={first}"))).Status.ShouldBe(401);
        (await ana.Get("/api/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_database_does_not_hold_the_key_that_opens_a_session()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var hashes = await app.Database.Read(connection => connection.Query<byte[]>(
            "select key_hash from session where account_id = @Id", new { ana.Id }),
            TestContext.Current.CancellationToken);

        hashes.ShouldHaveSingleItem().ShouldBe(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ana.Cookie("pacil")!)));
    }

    [Fact]
    public async Task Ten_tries_a_minute_from_one_address_and_no_more()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var stranger = app.Stranger();
        for (var n = 0; n < 10; n++)
            (await stranger.Post("/api/login", new { username = "", password = "" })).Status.ShouldBe(422);

        (await stranger.Post("/api/login", new { username = "", password = "" }))
            .ShouldBeProblem(429, "too_many_requests");
        (await stranger.SubmitForm("/login", ("username", ""), ("password", ""))).Status.ShouldBe(429);
        (await stranger.Page("/login")).Status.ShouldBe(200);

        // A person with a stolen session cannot guess the password faster than a stranger.
        var ana = await app.SignIn();
        Task<Reply> Guess() => ana.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = "guess" }));
        for (var n = 0; n < 10; n++) await Guess();
        (await Guess()).ShouldBeProblem(429, "too_many_requests");
    }

    [Theory]
    [InlineData("/items/7?x=1", "/items/7?x=1")]
    [InlineData("/items/7?search=é x&a=%C3%A9", "/items/7?search=%C3%A9%20x&a=%C3%A9")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("", "/")]
    public async Task By_form_one_comes_back_to_where_one_was_and_never_to_another_site(string next, string location)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = app.Stranger();
        await ana.Register($"next{Guid.NewGuid():N}");

        var done = await ana.SubmitForm(
            $"/login?next={Uri.EscapeDataString(next)}", ("username", ana.Name), ("password", TestApp.Password));

        done.Status.ShouldBe(303);
        done.Header("Location").ShouldBe(location);
        (await ana.Page("/")).Text.ShouldContain("last signed in today");
    }

    [Fact]
    public async Task A_page_leads_a_stranger_to_sign_in_and_the_api_says_so()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var stranger = app.Stranger();

        var page = await stranger.Page("/?search=bolt");
        page.Status.ShouldBe(303);
        page.Header("Location").ShouldBe("/login?next=%2F%3Fsearch%3Dbolt");
        (await stranger.Get("/")).ShouldBeProblem(401, "not_signed_in");
        (await stranger.Get("/json")).ShouldBeProblem(401, "not_signed_in");
        (await stranger.Page("/api/items")).Status.ShouldBe(401);
        (await stranger.Get("/api/items")).ShouldBeProblem(401, "not_signed_in");
    }

    [Fact]
    public async Task A_hostile_last_login_cookie_is_no_time_and_shows_nothing()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var page = await app.Stranger().Get(
            "/", ("Accept", "text/html"),
            ("Cookie", $"pacil={ana.Cookie("pacil")}; last_login=<script>alert(1)</script>"));

        page.Status.ShouldBe(200);
        page.Text.ShouldNotContain("alert(1)");
        page.Text.ShouldNotContain("last signed in");
    }

    [Theory, Databases]
    public async Task A_restart_signs_nobody_out(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");

        await using var restarted = await app.Restart();

        (await restarted.As(ana).Get($"/api/items/{item}")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task A_session_that_nobody_comes_back_to_runs_out(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update session set seen_at = @Long", new { Long = tx.Now.AddDays(-31) }),
            TestContext.Current.CancellationToken);

        await using var restarted = await app.Restart();

        (await restarted.As(ana).Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
    }

    [Theory, Databases]
    public async Task A_session_ends_so_long_after_signing_in_whatever_is_done_in_it(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { SessionDaysMax = 10 });
        var (ana, old) = (await app.SignIn("ana"), await app.SignIn("budi"));
        await Open(ana, TimeSpan.FromDays(10) - TimeSpan.FromSeconds(4));
        await Open(old, TimeSpan.FromDays(10) + TimeSpan.FromSeconds(1));
        (await old.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        (await app.Sweep()).ShouldBe(1);

        await using var stream = await FeedReader.Open(ana, Transport.EventStream);
        await using var socket = await FeedReader.Open(ana, Transport.WebSocket);
        (await ana.Get("/api/items")).Status.ShouldBe(200);
        foreach (var open in new[] { stream, socket })
            (await open.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        (await ana.Get("/api/items")).ShouldBeProblem(401, "not_signed_in");
        (await ana.SignIn()).Status.ShouldBe(200);

        async Task Open(Person person, TimeSpan ago)
        {
            await app.Database.Write(Actor.Program, tx => tx.Execute(
                "update session set created_at = @At, seen_at = @Now where account_id = @Id",
                new { At = tx.Now - ago, tx.Now, person.Id }), TestContext.Current.CancellationToken);
            app.Services.GetRequiredService<SessionStore>().Reread(person.Id);
        }
    }

    /// <summary>
    /// A session is cached for one second, but the cached session must not outlive the session's end.
    /// </summary>
    [Fact]
    public async Task A_session_that_is_remembered_ends_on_time_too()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { SessionDaysMax = 10 });
        var ana = await app.SignIn();
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update session set created_at = @At", new { At = tx.Now.AddDays(-10).AddSeconds(2) }),
            TestContext.Current.CancellationToken);
        var sessions = app.Services.GetRequiredService<SessionStore>();
        sessions.Reread(ana.Id);
        var found = await sessions.Find(
            new AccessKey(ana.Cookie("pacil")!, IsToken: false), TestContext.Current.CancellationToken);

        ((CurrentUser)found!.Identity!).ExpiresAt!.Value.ShouldBe(
            TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(2));
    }

    [Theory, Databases]
    public async Task An_account_is_signed_in_a_hundred_times_at_most_and_the_oldest_session_ends(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var first = await app.SignIn();
        var last = first;
        await using var stream = await FeedReader.Open(first, Transport.EventStream);
        for (var n = 0; n < 100; n++) await (last = app.Stranger()).SignInAs(first.Name);

        (await app.Database.Read(connection => connection.First<long>(
            "select count(*) from session where account_id = @Id", new { first.Id }),
            TestContext.Current.CancellationToken)).ShouldBe(100);
        (await first.Get("/api/items")).Status.ShouldBe(401);
        (await stream.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        (await last.Get("/api/items")).Status.ShouldBe(200);
    }
}
