using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Sessions;

/// <summary>One browser with several tabs, several Pacil servers on one host, and cookies of other servers.</summary>
public sealed partial class BrowserTabTests
{
    [Theory, Databases]
    public async Task Whoever_signs_in_in_two_tabs_is_led_on_in_both(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = app.Stranger();
        await ana.Register($"tabs{Guid.NewGuid():N}");
        var (first, second) = (await Token(ana, "/login"), await Token(ana, "/login?next=/activity"));

        (await Submit(ana, "/login", first, [("username", ana.Name), ("password", TestApp.Password)]))
            .Status.ShouldBe(303);
        var session = ana.Cookie("pacil");
        var led = await Submit(ana, "/login?next=/activity", second,
            [("username", ana.Name.ToUpperInvariant()), ("password", "whatever")]);

        (led.Status, led.Header("Location")).ShouldBe((303, "/activity"));
        ana.Cookie("pacil").ShouldBe(session);
        (await ana.Page("/activity")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Another_form_of_before_is_shown_again_with_what_was_typed_and_then_works(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var link = (await ana.Post($"/api/users/{budi.Id}/sign-in-link")).Json.GetProperty("sign_in_link").GetString()!;
        foreach (var (path, typed, field) in new (string, (string, string)[], string)[]
        {
            ("/login", [("username", "budi"), ("password", TestApp.Password)], "budi"),
            ("/register", [("username", "eve.in.a.tab"), ("password", TestApp.Password),
                ("password_confirmation", TestApp.Password)], "eve.in.a.tab"),
            ("/create-item", [("name", "Bolt of a tab"), ("amount", "3")], "Bolt of a tab"),
            (link, [("password", "green-heron-17"), ("password_confirmation", "green-heron-17")], "budi"),
            ("/settings", [("username", "ana"), ("email", "tab@example.org"), ("language", ""), ("time_zone", "UTC")],
                "tab@example.org"),
        })
        {
            await ana.SignInAs("ana");
            var items = (await ana.Get("/api/items")).Json.GetArrayLength();
            var old = await Token(ana, path);
            await ana.SignInAs("ana");

            var again = await Submit(ana, path, old, typed);
            again.Status.ShouldBe(403, path);
            again.Text.ShouldContain("You signed in or out in another tab");
            again.Text.ShouldContain(field);
            again.Text.ShouldNotContain(TestApp.Password);
            (await ana.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe("ana", path);
            (await ana.Get("/api/me")).Json.GetProperty("email").GetString().ShouldNotBe("tab@example.org");
            (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(items, path);

            (await Submit(ana, path, Field().Match(again.Text).Groups["token"].Value, typed))
                .Status.ShouldBe(303, path);
        }
    }

    [Fact]
    public async Task From_another_site_or_without_a_token_nothing_is_shown_again()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        (string, string)[] typed = [("username", ana.Name), ("password", TestApp.Password)];
        (await Submit(ana, "/login", "forged-forged-forged", typed, ("Sec-Fetch-Site", "cross-site")))
            .Text.ShouldNotContain("name=\"username\"");
        (await Submit(ana, "/login", "forged-forged-forged", typed, ("Origin", "https://evil.example")))
            .Status.ShouldBe(403);
        (await Submit(ana, "/login", null, typed)).Status.ShouldBe(403);
        (await ana.Post("/api/items", new { name = "Bolt" }, ("X-CSRFToken", "forged-forged-forged")))
            .ShouldBeProblem(403, "csrf");
        (await Submit(ana, "/logout", "forged-forged-forged", [])).Status.ShouldBe(403);
        (await ana.Get("/api/me")).Status.ShouldBe(200);
    }

    /// <summary>
    /// Cookies do not distinguish ports, so a browser sends the cookies of each server to the other server.
    /// </summary>
    [Theory, Databases]
    public async Task Two_programs_on_one_host_sign_nobody_out_of_the_other(TestDatabase database)
    {
        await using var one = await TestApp.Start(database);
        await using var two = await TestApp.Start(database);
        var here = await one.SignIn("ana");
        var there = two.Shares(here);
        await there.Register("ana");
        await there.SignIn();
        (await here.Get("/api/items")).Status.ShouldBe(200);
        (await there.Get("/api/items")).Status.ShouldBe(200);
        (await there.SubmitForm("/create-item", ("name", "Bolt"), ("amount", "1"))).Status.ShouldBe(303);

        await here.SignIn();
        (await there.Get("/api/items")).Status.ShouldBe(200);
        await there.Post("/api/me/password", new { current_password = TestApp.Password, password = "green-heron-17" });
        (await there.Get("/api/items")).Status.ShouldBe(200);
        (await here.Post("/api/logout")).Status.ShouldBe(204);
        (await there.Get("/api/items")).Status.ShouldBe(200);
        (await here.Get("/api/items")).Status.ShouldBe(401);
        await here.SignIn();
        (await there.Post("/api/logout")).Status.ShouldBe(204);
        (await here.Get("/api/items")).Status.ShouldBe(200);
        (await there.Get("/api/items")).Status.ShouldBe(401);
        await there.SignIn("green-heron-17");
        (await here.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = TestApp.Password })))
            .Status.ShouldNotBe(401);
        (await there.Get("/api/items")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cookie_of_the_same_name_from_a_parent_domain_stops_nothing(bool isOursFirst)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var (ours, theirs) = (ana.Cookie("csrftoken")!, new string('B', 64));
        var (first, second) = isOursFirst ? (ours, theirs) : (theirs, ours);
        var cookies = $"pacil={ana.Cookie("pacil")}; csrftoken={first}; csrftoken={second}";
        var browser = app.Stranger();

        foreach (var token in new[] { first, second })
            (await browser.Post("/api/items", new { name = "Bolt" }, ("Cookie", cookies), ("X-CSRFToken", token)))
                .Status.ShouldBe(201);
        var page = await browser.Get("/create-item", ("Accept", "text/html"), ("Cookie", cookies));
        (await browser.Send(
            HttpMethod.Post, "/create-item",
            new FormUrlEncodedContent([new("csrftoken", Field().Match(page.Text).Groups["token"].Value),
                new("name", "Nut"), new("amount", "1")]),
            ("Cookie", cookies), ("X-CSRFToken", ""), ("Accept", "text/html"))).Status.ShouldBe(303);
        foreach (var token in new[] { "", new string('C', 64), $"{first}; csrftoken={second}" })
            (await browser.Post("/api/items", new { name = "Bolt" }, ("Cookie", cookies), ("X-CSRFToken", token)))
                .ShouldBeProblem(403, "csrf");
    }

    [Fact]
    public async Task The_token_of_a_form_reads_differently_each_time_and_counts_as_the_cookie()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var tokens = new List<string>();
        for (var n = 0; n < 3; n++) tokens.Add(await Token(ana, "/create-item"));
        tokens.Distinct().Count().ShouldBe(3);
        tokens.ShouldNotContain(ana.Cookie("csrftoken"));

        foreach (var token in tokens.Append(ana.Cookie("csrftoken"))) (await Create(token)).ShouldBe(303);
        string[] wrong =
        [
            await Token(await app.SignIn(), "/create-item"), tokens[0][2..], tokens[0] + "AA", new string('A', 86),
            new string('A', 1 << 16),
            "%%", "", "AA==", "AA AA", "AAAA\n", "A===", $" {tokens[0][..40]}", "AAAAA",
        ];
        foreach (var token in wrong) (await Create(token)).ShouldBe(403, token.Length > 100 ? "long" : token);

        async Task<int> Create(string? token) => (await ana.Send(
            HttpMethod.Post, "/create-item", new FormUrlEncodedContent([new("name", "Nut"), new("csrftoken", token)]),
            ("X-CSRFToken", ""))).Status;
    }

    private static async Task<string> Token(Person person, string path) =>
        Field().Match((await person.Page(path)).Text).Groups["token"].Value;

    private static Task<Reply> Submit(
        Person person, string path, string? token, (string Name, string Value)[] typed,
        params (string, string)[] headers) => person.Send(
        HttpMethod.Post, path,
        new FormUrlEncodedContent([
            .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            .. token is null ? [] : new[] { KeyValuePair.Create("csrftoken", token) },
        ]),
        [("Accept", "text/html"), ("X-CSRFToken", ""), .. headers]);

    [GeneratedRegex(
        "name=\"csrftoken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Field();
}
