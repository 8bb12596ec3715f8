using Pacil.Tests.Admin;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Identity.Registration;

public sealed class RegistrationTests
{
    [Theory, Databases]
    public async Task Nobody_registers_where_it_is_closed_and_administrators_still_add_people(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        (await ana.Get("/api/registration")).Json.GetProperty("registration").GetString().ShouldBe("open");
        (await ana.Put("/api/registration", new { registration = "sometimes" }))
            .ShouldBeProblem(422, "invalid", "registration");
        (await ana.Put("/api/registration", new { registration = "closed" })).Status.ShouldBe(200);

        var eve = app.Stranger();
        (await eve.Post("/api/register", new { username = "eve", password = TestApp.Password }))
            .ShouldBeProblem(403, "registration_closed");
        var page = await eve.Page("/register");
        page.Status.ShouldBe(403);
        page.Text.ShouldContain("Registration is closed.");
        (await eve.Page("/login")).Text.ShouldNotContain("href=\"/register");
        (await eve.SubmitForm("/register", ("username", "eve"), ("password", TestApp.Password),
            ("password_confirmation", TestApp.Password)))
            .Status.ShouldBe(403);
        var link = await Link(ana);
        (await Register(eve, "eve", link)).ShouldBeProblem(403, "registration_closed");
        (await ana.Post("/api/users", new { username = "carla" })).Status.ShouldBe(201);
        (await ana.Get("/api/users?search=eve")).Json.GetArrayLength().ShouldBe(0);
    }

    [Theory, Databases]
    public async Task Only_the_invited_register_and_a_link_for_one_lets_one_in(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        (await ana.Put("/api/registration", new { registration = "invitation" })).Status.ShouldBe(200);
        var workspace = await budi.CreateWorkspace("Robot club");
        var link = await Link(budi, workspace);

        var eve = app.Stranger();
        (await Register(eve, "eve", null)).ShouldBeProblem(403, "registration_by_invitation");
        (await Register(eve, "eve", "/invitations/nonsense")).ShouldBeProblem(403, "registration_by_invitation");
        (await eve.Page("/register")).Status.ShouldBe(403);
        var both = await Task.WhenAll(Register(app.Stranger(), "carla", link), Register(app.Stranger(), "dewi", link));
        both.Select(reply => reply.Status).Order().ShouldBe([201, 403]);
        (await Register(eve, "eve", link)).ShouldBeProblem(403, "registration_by_invitation");

        var carla = app.Stranger();
        await carla.SignInAs(both[0].Status == 201 ? "carla" : "dewi");
        (await carla.Page("/workspaces")).Text.ShouldContain("Robot club");
        var id = await app.Database.Read(connection => connection.First<long>(
            "select id from invitation where account_id = @Id", new { carla.Id }),
            TestContext.Current.CancellationToken);
        (await carla.Post($"/invitations/{id}")).Status.ShouldBe(200);
        (await carla.Get($"/api/w/{workspace}")).Json.GetProperty("role").GetString().ShouldBe("viewer");
    }

    [Theory, Databases]
    public async Task The_page_leads_from_the_link_through_registering_to_what_waits(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Put("/api/registration", new { registration = "invitation" });
        var link = await Link(budi, await budi.CreateWorkspace("Robot club"));
        var path = $"/register?next={Uri.EscapeDataString(link)}";

        (await app.Stranger().Page(path)).Status.ShouldBe(200);
        var done = await app.Stranger().SubmitForm(
            path, ("username", "eve"), ("email", ""), ("password", TestApp.Password));
        done.Header("Location").ShouldBe("/login?next=%2Fworkspaces");
        (await app.Stranger().Page(path)).Status.ShouldBe(403);
    }

    [Theory, Databases]
    public async Task An_invitation_for_those_who_have_an_account_works_whoever_may_register(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Put("/api/registration", new { registration = "closed" });
        var workspace = await ana.CreateWorkspace("Lab");
        await ana.Admit(budi, Role.Editor, workspace);
        (await budi.Get($"/api/w/{workspace}")).Json.GetProperty("role").GetString().ShouldBe("editor");
    }

    private static async Task<string> Link(Person owner, long? workspace = null) =>
        (await owner.Post($"/api/w/{workspace ?? owner.Workspace}/invitations", new { role = "viewer" }))
            .Json.GetProperty("path").GetString()!;

    private static Task<Reply> Register(Person person, string name, string? link) => person.Post(
        "/api/register", new { username = name, password = TestApp.Password, invitation = link?.Split('/')[^1] });
}
