using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Sessions;

public sealed class GuessTests
{
    private const string Elsewhere = "198.51.100.7";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Of_sixty_guesses_at_once_from_one_site_five_are_looked_at(TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();

        var replies = new List<Reply>();
        foreach (var some in Enumerable.Range(0, 60).Chunk(15))
            replies.AddRange(await Task.WhenAll(some.Select(n => Guess(
                new Person(app.Address, $"2001:db8:1:{n:x}::1"), ana.Name.ToUpperInvariant(), $"guess number {n}"))));

        replies.Count(reply => reply.Status == 401).ShouldBe(5);
        foreach (var refused in replies.Where(reply => reply.Status != 401)) refused.ShouldBeProblem(429, "locked_out");
        var locked = await Guess(new Person(app.Address, "2001:db8:1:ffff::1"), ana.Name, TestApp.Password);
        int.Parse(locked.ShouldBeProblem(429, "locked_out").Header("Retry-After")!).ShouldBeInRange(1, 30);
    }

    [Theory, Databases]
    public async Task Who_guesses_keeps_out_nobody_elsewhere_and_no_known_browser(TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();
        var guesser = new Person(app.Address, Elsewhere);
        var (known, unknown) = (new List<string>(), new List<string>());
        for (var n = 0; n < 8; n++)
        {
            known.Add(Heard(await Guess(guesser, ana.Name)));
            unknown.Add(Heard(await Guess(guesser, "never-here")));
        }

        known.ShouldBe([.. Enumerable.Repeat("401 wrong_credentials", 5), .. Enumerable.Repeat("429 locked_out", 3)]);
        unknown.ShouldBe(known);
        (await Guess(guesser, ana.Name, TestApp.Password)).ShouldBeProblem(429, "locked_out");
        (await Guess(app.Stranger(), ana.Name, TestApp.Password)).Status.ShouldBe(200);
        (await Right(ana, Elsewhere)).Status.ShouldBe(200);

        static string Heard(Reply reply) => $"{reply.Status} {reply.Json.GetProperty("code")}";
    }

    [Theory, Databases]
    public async Task A_known_browser_has_tries_of_its_own_until_there_is_a_new_password(TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();
        var phone = app.Stranger();
        await phone.SignInAs(ana.Name);
        for (var n = 0; n < 5; n++) (await Guess(ana, ana.Name)).ShouldBeProblem(401, "wrong_credentials");
        (await Guess(ana, ana.Name, TestApp.Password)).ShouldBeProblem(429, "locked_out");
        (await Right(phone, ana.Address)).Status.ShouldBe(200);
        // A device cookie gives a browser its own number of tries, but only for the account that signed in there. For
        // any other name, the browser counts as unknown.
        (await Guess(ana, "never-here")).ShouldBeProblem(401, "wrong_credentials");

        (await phone.Post("/api/me/password", new { current_password = TestApp.Password, password = "green-otter-43" }))
            .Status.ShouldBe(204);
        for (var n = 0; n < 5; n++) await Guess(new Person(app.Address, Elsewhere), ana.Name);
        (await Right(ana, Elsewhere, "green-otter-43")).ShouldBeProblem(429, "locked_out");
        (await Right(phone, Elsewhere, "green-otter-43")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task A_forged_cookie_makes_no_browser_known(TestDatabase database)
    {
        await using var app = await Start(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var guesser = new Person(app.Address, Elsewhere);
        for (var n = 0; n < 5; n++) await Guess(guesser, ana.Name);
        var ((device, hers), (_, his)) = (Device(ana), Device(budi));

        foreach (var cookie in new[]
        {
            $"{hers[0]}.{his[1]}.{his[2]}", $"{hers[0]}.{hers[1]}x.{hers[2]}", $"{hers[0]}.{hers[1]}.AAAA", "...",
            "1.2.%", $"{hers[0]}.{hers[1]}",
        })
            (await Right(guesser, Elsewhere, cookie: $"{device}={cookie}", name: ana.Name))
                .ShouldBeProblem(429, "locked_out");
        (await Right(guesser, Elsewhere, cookie: $"{device}={string.Join('.', hers)}", name: ana.Name))
            .Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task The_lock_opens_after_its_delay_which_doubles_and_a_success_forgets_the_slips(
        TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();
        var stranger = app.Stranger();
        for (var n = 0; n < 5; n++) await Wrong();
        (await Wrong()).ShouldBeProblem(429, "locked_out");

        await Set(app, "locked_until = @Now");
        (await Wrong()).ShouldBeProblem(401, "wrong_credentials");
        int.Parse((await Wrong()).ShouldBeProblem(429, "locked_out").Header("Retry-After")!).ShouldBeInRange(31, 60);
        await Set(app, "locked_until = @Now");
        (await Guess(stranger, ana.Name, TestApp.Password)).Status.ShouldBe(200);
        await stranger.Post("/api/logout");
        for (var n = 0; n < 4; n++) (await Wrong()).ShouldBeProblem(401, "wrong_credentials");
        (await Guess(stranger, ana.Name, TestApp.Password)).Status.ShouldBe(200);

        Task<Reply> Wrong() => Guess(stranger, ana.Name);
    }

    [Theory, Databases]
    public async Task Many_people_behind_one_address_may_sign_in_all_day(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var ana = app.Stranger();
        await ana.Register("ana");
        for (var n = 0; n < 99; n++) (await Guess(ana, $"nobody{n}")).Status.ShouldBe(401);
        for (var n = 0; n < 5; n++) await new Person(app.Address, ana.Address).SignInAs("ana");
        (await Guess(ana, "one more")).Status.ShouldBe(401);

        (await Guess(ana, "ana", TestApp.Password)).ShouldBeProblem(429, "locked_out");
    }

    [Theory, Databases]
    public async Task A_password_that_is_asked_for_again_is_guessed_no_oftener(TestDatabase database)
    {
        await using var app = await Start(database);
        var (first, ana) = (await app.SignIn(), await app.SignIn());
        for (var n = 0; n < 3; n++)
            (await Change("not that")).ShouldBeProblem(422, "invalid", "current_password");
        for (var n = 0; n < 2; n++) (await Erase(ana, "not that")).ShouldBeProblem(422, "invalid", "password");

        (await Change(TestApp.Password)).ShouldBeProblem(429, "locked_out");
        (await Erase(ana, TestApp.Password)).ShouldBeProblem(429, "locked_out");
        (await ana.SubmitForm("/settings/password", ("current_password", "x"), ("password", "green-otter-43")))
            .Status.ShouldBe(429);
        (await Guess(app.Stranger(), ana.Name, TestApp.Password)).Status.ShouldBe(200);
        // A correct password never counts as a failed try, even if the request is refused for another reason.
        for (var n = 0; n < 7; n++) (await Erase(first, TestApp.Password)).ShouldBeProblem(409, "last_administrator");

        Task<Reply> Change(string current) =>
            ana.Post("/api/me/password", new { current_password = current, password = "green-otter-43" });
    }

    [Fact]
    public async Task Another_sites_page_uses_up_none_of_its_visitors_tries()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        (string, string)[] from = [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")];
        for (var n = 0; n < 30; n++)
        {
            (await ana.Post("/api/login", new { username = ana.Name, password = "x" }, from))
                .ShouldBeProblem(403, "csrf");
            (await ana.Post("/api/register", new { username = "x", password = "x" }, from))
                .ShouldBeProblem(403, "csrf");
            (await ana.Post("/api/me/password", new { }, from)).ShouldBeProblem(403, "csrf");
            (await ana.Delete("/api/me", from)).ShouldBeProblem(403, "csrf");
            foreach (var page in new[] { "/login", "/register", "/settings/password", "/settings/erase" })
                (await ana.Post(page, new FormUrlEncodedContent([]), from)).Status.ShouldBe(403, page);
        }

        // Ana's sign-in used the first of her ten tries per minute. The refused requests of the other site used none.
        for (var n = 0; n < 9; n++) (await ana.Post("/api/login", new { username = "" })).Status.ShouldBe(422);
        (await ana.Post("/api/login", new { username = "" })).ShouldBeProblem(429, "too_many_requests");
        (await ana.Post("/api/register", new { username = "" })).Status.ShouldBe(422);
    }

    [Theory, Databases]
    public async Task A_clock_that_was_ahead_locks_nobody_out(TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();
        var stranger = app.Stranger();
        for (var n = 0; n < 5; n++) await Guess(stranger, ana.Name);
        var ahead = app.Database.Dialect.Pick(sqlite: "34560000000", postgres: "interval '400 days'");
        await Set(app, $"last_at = last_at + {ahead}, locked_until = locked_until + {ahead}");

        (await Guess(stranger, ana.Name)).ShouldBeProblem(401, "wrong_credentials");
        int.Parse((await Guess(stranger, ana.Name)).ShouldBeProblem(429, "locked_out").Header("Retry-After")!)
            .ShouldBeInRange(31, 60);

        await Set(app, $"last_at = last_at + {ahead}, locked_until = locked_until + {ahead}");
        await app.Sweep();
        (await Count(app)).ShouldBe(0);
    }

    [Theory, Databases]
    public async Task What_strangers_make_is_a_hundred_thousand_rows_and_no_more(TestDatabase database)
    {
        await using var app = await Start(database);
        var dialect = app.Database.Dialect;
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            $"""
            insert into sign_in_failure (key, count, last_at, locked_until)
            with recursive number(n) as (select 1 union all select n + 1 from number where n < @Rows)
            select {dialect.Pick(
                sqlite: "cast(printf('%032d', n) as blob)", postgres: "decode(lpad(n::text, 64, '0'), 'hex')")},
              1, {dialect.Pick(sqlite: "@Now - n", postgres: "@Now - n * interval '1 millisecond'")}, @Now
            from number
            """, new { tx.Now, Rows = Lockout.RowsMax + 5000 }), Cancellation);
        (await Count(app)).ShouldBe(Lockout.RowsMax + 5000);

        var lockout = app.Services.GetRequiredService<Lockout>();
        await app.Database.Write(Actor.Program, async tx =>
        {
            for (var n = 0; n < 1000; n++)
                await lockout.Count(tx, new SignInAttempt { ByName = Guid.NewGuid().ToByteArray(), ByAddress = null });
            return 0;
        }, Cancellation);

        (await Count(app)).ShouldBeInRange(Lockout.RowsMax, Lockout.RowsMax + 1000);
    }

    [Theory, Databases]
    public async Task A_name_that_many_networks_try_answers_later_and_refuses_nobody(TestDatabase database)
    {
        await using var app = await Start(database);
        var ana = await app.SignIn();
        foreach (var name in new[] { ana.Name, "never-here" })
        {
            for (var n = 0; n < 10; n++) (await Guess(app.Stranger(), name)).Status.ShouldBe(401);
            foreach (var wait in new[] { 250, 500, 1000 })
            {
                var watch = Stopwatch.StartNew();
                (await Guess(app.Stranger(), name)).Status.ShouldBe(401);
                watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(wait - 20));
            }
        }

        (await Guess(app.Stranger(), ana.Name, TestApp.Password)).Status.ShouldBe(200);
        (await ana.SignIn()).Status.ShouldBe(200);
    }

    /// <summary>Raises the rate limit, so that these tests reach only the lockout.</summary>
    private static Task<TestApp> Start(TestDatabase database) =>
        TestApp.Start(database, settings => settings with { SignInsPerMinute = 1000 });

    private static Task<Reply> Guess(Person person, string username, string password = "not that") =>
        person.Post("/api/login", new { username, password });

    /// <summary>
    /// Signs in with the correct password from the IP address. If <c>cookie</c> is not null, sends it together with the
    /// person's own cookies.
    /// </summary>
    private static Task<Reply> Right(
        Person person, string address, string password = TestApp.Password, string? cookie = null,
        string? name = null) =>
        person.Post(
            "/api/login", new { username = name ?? person.Name, password }, ("X-Forwarded-For", address),
            ("Cookie", cookie ?? ""));

    /// <summary>The name of the device cookie, and the parts of its value.</summary>
    private static (string Name, string[] Parts) Device(Person person)
    {
        var cookie = person.CookieHeader.Split("; ").Single(cookie => cookie.Contains("-device=")).Split('=', 2);
        return (cookie[0], cookie[1].Split('.'));
    }

    private static Task<Reply> Erase(Person person, string password) =>
        person.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password }));

    private static Task<int> Set(TestApp app, string values) => app.Database.Write(
        Actor.Program, tx => tx.Execute($"update sign_in_failure set {values}", new { tx.Now }), Cancellation);

    private static Task<long> Count(TestApp app) => app.Database.Read(
        connection => connection.First<long>("select count(*) from sign_in_failure"), Cancellation);
}
