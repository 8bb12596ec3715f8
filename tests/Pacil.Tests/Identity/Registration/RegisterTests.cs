using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Registration;

public sealed class RegisterTests
{
    [Theory, Databases]
    public async Task Registering_makes_an_account_with_a_workspace_of_its_own_and_does_not_sign_in(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = app.Stranger();

        var reply = await ana.Register("Ana.Registers");

        reply.Json.GetProperty("username").GetString().ShouldBe("Ana.Registers");
        reply.Text.ShouldNotContain(TestApp.Password);
        (await ana.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        await ana.SignIn();
        (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(0);
        ana.Workspace.ShouldBeGreaterThan(0);
    }

    [Theory, Databases]
    public async Task A_name_is_taken_whatever_its_case(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var first = await app.Stranger().Post("/api/register", new
        {
            username = "Zoé_taken",
            email = "Zoe@example.org",
            password = TestApp.Password,
        });
        first.Status.ShouldBe(201, first.Text);
        first.Json.GetProperty("workspace").GetInt64().ShouldBeGreaterThan(0);
        first.Json.GetProperty("created_at").GetDateTime().Year.ShouldBeGreaterThan(2000);

        (await app.Stranger().Post("/api/register", new
        {
            username = "ZOÉ_TAKEN",
            email = "zoe@EXAMPLE.org",
            password = TestApp.Password,
        })).ShouldBeProblem(422, "invalid", "username").Json.GetProperty("errors")
            .TryGetProperty("email", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "blue-otter-42", "username")]
    [InlineData("a b", "blue-otter-42", "username")]
    [InlineData("<script>", "blue-otter-42", "username")]
    [InlineData("short", "abc-123", "password")]
    [InlineData("digits", "9384756120", "password")]
    [InlineData("common", "Password123", "password")]
    [InlineData("marianne", "marianne1", "password")]
    [InlineData("marianne", "Mariamne", "password")]
    [InlineData("missing", "", "password")]
    public async Task Each_broken_rule_is_said_at_its_field(string username, string password, string field)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        (await app.Stranger().Post("/api/register", new { username, password })).ShouldBeProblem(422, "invalid", field);
    }

    [Fact]
    public async Task All_broken_rules_are_said_at_once()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);

        var reply = await app.Stranger().Post("/api/register", new
        {
            username = "a b",
            email = "nobody",
            password = "1234567",
            password_confirmation = "7654321",
        });

        reply.ShouldBeProblem(422, "invalid", "username", "email", "password", "password_confirmation");
        reply.Json.GetProperty("errors").GetProperty("password").GetArrayLength().ShouldBe(2);
        reply.Json.GetProperty("detail").GetString()!.ShouldContain("User name: ");
    }

    [Fact]
    public async Task A_confirmation_that_is_null_was_not_given()
    {
        var stranger = (await TestApp.On(TestDatabase.Sqlite)).Stranger();
        var body = new { username = "null-sent", password = TestApp.Password, password_confirmation = (string?)null };
        (await stranger.Post("/api/register", body)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_name_within_a_longer_password_is_no_likeness()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var reply = await app.Stranger().Post(
            "/api/register", new { username = "likely", password = "most-likely-a-badger" });
        reply.Status.ShouldBe(201, reply.Text);
    }

    [Theory, Databases]
    public async Task Of_two_first_accounts_at_once_one_is_administrator(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => app.Stranger().Register($"first{n}")));

        replies.Count(reply => reply.Json.GetProperty("administrator").GetBoolean()).ShouldBe(1);
    }

    [Theory, Databases]
    public async Task Of_two_who_want_one_name_at_once_one_gets_it(TestDatabase database)
    {
        var app = await TestApp.On(database);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            app.Stranger().Post("/api/register", new { username = "wanted-by-all", password = TestApp.Password })));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        foreach (var refused in replies.Where(reply => reply.Status != 201))
            refused.ShouldBeProblem(422, "invalid", "username");
    }

    [Fact]
    public async Task By_form_the_page_comes_back_with_what_was_typed_and_the_message_at_the_field()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = app.Stranger();

        var refused = await ana.SubmitForm(
            "/register", ("username", "form.ana"), ("password", "abc"), ("password_confirmation", "abc"));
        refused.Status.ShouldBe(422);
        refused.Text.ShouldContain("value=\"form.ana\"");
        refused.Text.ShouldContain("Use at least 8 characters.");
        refused.Text.ShouldNotContain("value=\"abc\"");

        var done = await ana.SubmitForm(
            "/register", ("username", "form.ana"), ("password", TestApp.Password),
            ("password_confirmation", TestApp.Password));
        done.Status.ShouldBe(303);
        done.Header("Location").ShouldBe("/login");
        (await ana.Page("/login")).Text.ShouldContain("The account form.ana was created.");
        (await ana.Page("/login")).Text.ShouldNotContain("form.ana was created");
    }

    [Fact]
    public async Task Twenty_an_hour_from_one_address_and_no_more()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var stranger = app.Stranger();
        for (var n = 0; n < 20; n++)
            (await stranger.Post("/api/register", new { username = "", password = "" })).Status.ShouldBe(422);

        var refused = await stranger.Post("/api/register", new { username = "", password = "" });

        refused.ShouldBeProblem(429, "too_many_requests");
        // All tries were made at nearly the same moment, so they expire together, and Retry-After is the full length of
        // the window.
        refused.Header("Retry-After").ShouldBe("3600");
        for (var n = 0; n < 10; n++) await stranger.Post("/api/login", new { username = $"{n}", password = "" });
        (await stranger.Post("/api/login", new { username = "", password = "" }))
            .ShouldBeProblem(429, "too_many_requests")
            .Header("Retry-After").ShouldBe("60");
    }
}
