using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Accounts;

public sealed class MeTests
{
    [Theory, Databases]
    public async Task One_changes_what_one_names_and_nothing_else(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();

        var reply = await ana.Patch("/api/me", new { email = $"{ana.Name}@example.org", language = "id" });
        reply.Status.ShouldBe(200, reply.Text);
        (await ana.Patch("/api/me", new { time_zone = "Asia/Jakarta" })).Status.ShouldBe(200);

        var me = (await ana.Get("/api/me")).Json;
        me.GetProperty("email").GetString().ShouldBe($"{ana.Name}@example.org");
        me.GetProperty("language").GetString().ShouldBe("id");
        me.GetProperty("time_zone").GetString().ShouldBe("Asia/Jakarta");
        me.GetProperty("username").GetString().ShouldBe(ana.Name);
        (await ana.Page("/")).Text.ShouldContain("Barang saya");
        (await ana.Patch("/api/me", new { email = (string?)null, language = "" })).Json
            .GetProperty("email").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory, Databases]
    public async Task Two_changes_at_once_both_stay(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();

        var replies = await Task.WhenAll(
            ana.Patch("/api/me", new { language = "id" }), ana.Patch("/api/me", new { time_zone = "Asia/Tokyo" }));

        replies.ShouldAllBe(reply => reply.Status == 200);
        var me = (await ana.Get("/api/me")).Json;
        (me.GetProperty("language").GetString(), me.GetProperty("time_zone").GetString())
            .ShouldBe(("id", "Asia/Tokyo"));
    }

    /// <summary>
    /// .NET accepts all of these names except the last, and caches a time zone for each spelling. So the server accepts
    /// only the exact IANA name.
    /// </summary>
    [Theory]
    [InlineData("Europe//Paris")]
    [InlineData("europe/paris")]
    [InlineData("posix/Europe/Paris")]
    [InlineData("right/Europe/Paris")]
    [InlineData("Eastern Standard Time")]
    [InlineData("Mars/North")]
    public async Task A_time_zone_is_known_by_its_name_only(string name)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        (await ana.Patch("/api/me", new { time_zone = name })).ShouldBeProblem(422, "invalid", "time_zone");
        var registered = app.Stranger();
        await registered.Post(
            "/api/register", new { username = $"{ana.Name}b", password = TestApp.Password, time_zone = name });
        await registered.SignInAs($"{ana.Name}b");
        (await registered.Get("/api/me")).Json.GetProperty("time_zone").GetString().ShouldBe("UTC");
    }

    /// <summary>Browsers still report some time zones by old names that IANA has replaced.</summary>
    [Theory]
    [InlineData("Europe/Kiev")]
    [InlineData("Asia/Saigon")]
    [InlineData("America/Buenos_Aires")]
    public async Task A_time_zone_by_an_old_name_stays_when_other_settings_are_saved(string name)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        (await ana.Patch("/api/me", new { time_zone = name })).Status.ShouldBe(200);

        (await ana.Page("/settings")).Text.ShouldContain($"<option value=\"{name}\" selected");
    }

    [Theory, Databases]
    public async Task A_new_password_ends_every_other_session(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var here = await app.SignIn();
        var there = app.Stranger();
        await there.SignInAs(here.Name);
        var before = here.Cookie("pacil");

        var reply = await here.Post(
            "/api/me/password", new { current_password = TestApp.Password, password = "green-heron-17" });

        reply.Status.ShouldBe(204, reply.Text);
        here.Cookie("pacil").ShouldNotBe(before);
        (await here.Get("/api/me")).Status.ShouldBe(200);
        (await there.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        await here.SignIn("green-heron-17");
    }

    [Fact]
    public async Task A_password_is_changed_only_by_who_knows_it_and_only_to_a_good_one()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        (await ana.Post("/api/me/password", new { current_password = "wrong", password = "green-heron-17" }))
            .ShouldBeProblem(422, "invalid", "current_password");
        (await ana.Post("/api/me/password", new { current_password = TestApp.Password, password = "12345678" }))
            .ShouldBeProblem(422, "invalid", "password");
        await ana.SignIn();
    }

    [Fact]
    public async Task The_settings_page_shows_and_changes_the_same()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var done = await ana.SubmitForm(
            "/settings", ("username", ana.Name), ("email", ""), ("language", "id"), ("time_zone", "Asia/Makassar"));
        done.Status.ShouldBe(303, done.Text);
        (await ana.Page("/settings")).Text.ShouldContain("<option value=\"Asia/Makassar\" selected");
        (await ana.SubmitForm("/settings", ("username", "a b"), ("time_zone", "Mars/North"))).Status.ShouldBe(422);
        (await ana.SubmitForm(
            "/settings/password", ("current_password", TestApp.Password), ("password", "green-heron-17"),
            ("password_confirmation", "green-heron-17"))).Header("Location").ShouldBe("/settings");
        await ana.SignIn("green-heron-17");
        (await ana.SubmitForm("/logout")).Header("Location").ShouldBe("/login");
        (await ana.Get("/api/me")).Status.ShouldBe(401);
    }
}
