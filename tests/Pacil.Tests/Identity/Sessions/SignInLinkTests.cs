using Pacil.Data;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Sessions;

/// <summary>A sign-in link works only one time.</summary>
public sealed class SignInLinkTests
{
    private const string Password = "green-heron-17";

    [Theory, Databases]
    public async Task A_new_person_comes_in_by_a_link_that_is_good_for_once(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        var made = await ana.Post("/api/users", new { username = "carla", email = "carla@example.org" });
        made.Status.ShouldBe(201, made.Text);
        made.Header("Location").ShouldBe($"/api/users/{made.Json.GetProperty("id").GetInt64()}");
        made.Header("Cache-Control").ShouldBe("no-store");
        var link = made.Json.GetProperty("sign_in_link").GetString()!;
        (await IsStored(app, link.Split('/')[^1])).ShouldBeFalse();

        var carla = app.Stranger();
        (await carla.Post("/api/login", new { username = "carla", password = "" })).Status.ShouldBe(422);
        (await carla.Post("/api/login", new { username = "carla", password = Password }))
            .ShouldBeProblem(401, "wrong_credentials");
        for (var look = 0; look < 2; look++) (await carla.Page(link)).Text.ShouldContain("Welcome, carla");
        (await carla.SubmitForm(link, ("password", "short"))).Status.ShouldBe(422);
        (await carla.Send(HttpMethod.Post, link, Form(Password), ("X-CSRFToken", ""))).ShouldBeProblem(403, "csrf");

        (await carla.SubmitForm(link, ("password", Password), ("password_confirmation", Password)))
            .Header("Location").ShouldBe("/");
        (await carla.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe("carla");
        var eve = app.Stranger();
        (await eve.SubmitForm(link, ("password", "white-stork-99"))).Status.ShouldBe(404);
        (await eve.Get(link)).ShouldBeProblem(404, "sign_in_link_gone");
        await Signs(app, "carla", Password);
    }

    [Theory, Databases]
    public async Task Of_two_who_use_it_at_once_one_comes_in(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var link = await Link(ana, budi);
        var (one, two) = (app.Stranger(), app.Stranger());

        var replies = await Task.WhenAll(
            one.SubmitForm(link, ("password", Password)), two.SubmitForm(link, ("password", "white-stork-99")));

        replies.Select(reply => reply.Status).Order().ShouldBe([303, 404]);
        await Signs(app, "budi", replies[0].Status == 303 ? Password : "white-stork-99");
    }

    [Theory, Databases]
    public async Task A_link_ends_with_time_a_newer_one_a_lock_and_a_new_password(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var first = await Link(ana, budi);
        var second = await Link(ana, budi);
        (await app.Stranger().Get(first)).ShouldBeProblem(404, "sign_in_link_gone");
        (await app.Stranger().Page(second)).Status.ShouldBe(200);
        await app.Database.Write(
            Actor.Program, tx => tx.Execute("update sign_in_link set expires_at = @Now", new { tx.Now }),
            TestContext.Current.CancellationToken);
        (await app.Stranger().Get(second)).ShouldBeProblem(404, "sign_in_link_gone");
        (await app.Stranger().SubmitForm(second, ("password", Password))).Status.ShouldBe(404);
        (await app.Sweep()).ShouldBeGreaterThan(0);

        var third = await Link(ana, budi);
        (await budi.Post("/api/me/password", new { current_password = TestApp.Password, password = Password }))
            .Status.ShouldBe(204);
        (await app.Stranger().Get(third)).ShouldBeProblem(404, "sign_in_link_gone");
        var fourth = await Link(ana, budi);
        (await ana.Patch($"/api/users/{budi.Id}", new { locked = true })).Status.ShouldBe(200);
        (await app.Stranger().Get(fourth)).ShouldBeProblem(404, "sign_in_link_gone");
        (await ana.Post($"/api/users/{budi.Id}/sign-in-link")).ShouldBeProblem(409, "account_is_locked");
        (await app.Stranger().Get("/sign-in/nonsense")).ShouldBeProblem(404, "sign_in_link_gone");
    }

    [Theory, Databases]
    public async Task Whoever_comes_in_by_a_link_ends_what_was_open_before(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var program = budi.Program((await budi.CreateToken()).GetProperty("token").GetString()!);
        (await app.Stranger().SubmitForm(await Link(ana, budi), ("password", Password))).Status.ShouldBe(303);
        (await budi.Get("/api/items")).ShouldBeProblem(401, "not_signed_in");
        (await program.Get("/api/items")).ShouldBeProblem(401, "invalid_token");
    }

    [Theory, Databases]
    public async Task A_person_can_be_made_with_a_password_in_place_of_a_link(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        (await ana.Post("/api/users", new { username = "carla", password = "short" }))
            .ShouldBeProblem(422, "invalid", "password");
        var made = await ana.Post("/api/users", new { username = "carla", password = Password, administrator = true });
        made.Json.GetProperty("sign_in_link").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        made.Json.GetProperty("administrator").GetBoolean().ShouldBeTrue();
        made.Text.ShouldNotContain(Password);
        await Signs(app, "carla", Password);
    }

    private static async Task<string> Link(Person ana, Person person)
    {
        var made = await ana.Post($"/api/users/{person.Id}/sign-in-link");
        made.Status.ShouldBe(201, made.Text);
        return made.Json.GetProperty("sign_in_link").GetString()!;
    }

    private static async Task Signs(TestApp app, string name, string password) =>
        (await app.Stranger().Post("/api/login", new { username = name, password })).Status.ShouldBe(200);

    private static FormUrlEncodedContent Form(string password) => new([KeyValuePair.Create("password", password)]);

    /// <summary>
    /// Whether the column secret_hash contains the secret itself, or anything that is not a hash of 32 bytes.
    /// </summary>
    private static async Task<bool> IsStored(TestApp app, string secret) => (await app.Database.Read(
        connection => connection.Query<byte[]>("select secret_hash from sign_in_link"),
        TestContext.Current.CancellationToken))
        .Any(hash => System.Text.Encoding.UTF8.GetString(hash) == secret || hash.Length != 32);
}
