using System.Net.Http.Json;
using Pacil.Tests.Admin;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Identity.Erasure;

/// <summary>
/// Erasing an account removes all personal data of its user and leaves the history of the workspaces.
/// </summary>
public sealed class ErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Who_is_erased_is_nowhere_and_what_they_did_stays(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        await using var _ = app;
        var (ana, dian) = (await app.SignIn("ana"), await app.SignIn("dian.unmistakable"));
        await dian.Patch("/api/me", new { email = "dian@mail.example" });
        var workspace = await ana.CreateWorkspace("Lab");
        await ana.Post($"/api/w/{workspace}/invitations", new { role = "editor", username = "dian.unmistakable" });
        await ana.Admit(dian, Role.Editor, workspace);
        var bolt = (await dian.Post($"/api/w/{workspace}/items", new { name = "Bolt", amount = 5 }))
            .Json.GetProperty("id").GetInt64();
        await dian.Post($"/api/w/{workspace}/rooms/lobby/messages", new { text = "Five are there" });
        await dian.Put($"/api/w/{workspace}/items/{bolt}/star");
        await dian.Put("/api/drafts/item", new { name = "half" });
        await dian.CreateToken();
        await dian.CreateItem("Private");
        await using var before = await FeedReader.Open(ana, Transport.EventStream, $"follow={workspace}&after=start");
        await before.Next();

        (await ana.Delete($"/api/users/{dian.Id}")).Status.ShouldBe(204);

        (await dian.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        (await dian.Post("/api/login", new { username = dian.Name, password = TestApp.Password }))
            .ShouldBeProblem(401, "wrong_credentials");
        (await dian.Post("/api/login", new { username = $"erased:{dian.Id}", password = "" })).Status.ShouldBe(422);
        (await ana.Get($"/api/users/{dian.Id}")).ShouldBeProblem(404, "not_found");
        (await ana.Delete($"/api/users/{dian.Id}")).ShouldBeProblem(404, "not_found");
        (await ana.Names($"/api/w/{workspace}/items")).ShouldBe(["Bolt"]);
        (await ana.Get($"/api/w/{workspace}/items/{bolt}/movements")).Json.GetArrayLength().ShouldBe(1);
        foreach (var path in new[] { "entries", "members", "rooms/lobby/messages", "invitations" })
            (await ana.Get($"/api/w/{workspace}/{path}")).Text.ShouldNotContain("dian");
        (await ana.Get($"/api/w/{workspace}/entries")).Text.ShouldContain("\"name\":\"former member\"");
        (await ana.Page($"/w/{workspace}/activity")).Text.ShouldContain("former member added");
        await using var after = await FeedReader.Open(ana, Transport.LongPoll, $"follow={workspace}&after=start");
        for (var entry = await after.Next(); entry.Kind != "account_redacted"; entry = await after.Next())
            entry.Data.GetRawText().ShouldNotContain("dian");
        (await Everything(app)).ShouldNotContain("dian");
        (await app.Database.Read(connection => connection.First<long>("select count(*) from star"), Cancellation))
            .ShouldBe(0);
        await app.Stranger().Register("dian.unmistakable");
        (await app.Log()).ShouldContain("account_erased");
    }

    [Theory, Databases]
    public async Task What_they_alone_owned_goes_to_the_heir(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var carla = await app.SignIn("carla");
        var shared = await budi.CreateWorkspace("Club");
        await budi.Admit(carla, Role.Viewer, shared);
        await budi.CreateItem("Heirloom");
        var with = JsonContent.Create(new { heir = "CARLA" });
        (await ana.Send(HttpMethod.Delete, $"/api/users/{budi.Id}", JsonContent.Create(new { heir = "nobody" })))
            .ShouldBeProblem(422, "invalid", "heir");
        (await ana.Send(HttpMethod.Delete, $"/api/users/{budi.Id}", JsonContent.Create(new { heir = "budi" })))
            .ShouldBeProblem(422, "invalid", "heir");

        (await ana.Send(HttpMethod.Delete, $"/api/users/{budi.Id}", with)).Status.ShouldBe(204);

        foreach (var workspace in new[] { shared, budi.Workspace })
        {
            var mine = (await carla.Get($"/api/w/{workspace}")).Json;
            mine.GetProperty("role").GetString().ShouldBe("owner");
            mine.GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        }
        (await carla.Get($"/api/w/{budi.Workspace}")).Json.GetProperty("name").GetString().ShouldBe("former member");
        (await carla.Names($"/api/w/{budi.Workspace}/items")).ShouldBe(["Heirloom"]);
    }

    [Theory, Databases]
    public async Task Without_an_heir_the_highest_member_takes_over_and_the_rest_is_closed(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var (carla, dewi) = (await app.SignIn("carla"), await app.SignIn("dewi"));
        var (shared, alone) = (await budi.CreateWorkspace("Club"), await budi.CreateWorkspace("Attic"));
        await budi.Admit(carla, Role.Viewer, shared);
        await budi.Admit(dewi, Role.Editor, shared);
        await budi.Admit(carla, Role.Viewer);

        (await ana.Delete($"/api/users/{budi.Id}")).Status.ShouldBe(204);

        (await dewi.Get($"/api/w/{shared}")).Json.GetProperty("role").GetString().ShouldBe("owner");
        (await carla.Get($"/api/w/{shared}")).Json.GetProperty("role").GetString().ShouldBe("viewer");
        var home = (await carla.Get($"/api/w/{budi.Workspace}")).Json;
        home.GetProperty("role").GetString().ShouldBe("owner");
        home.GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        (await app.Entries(alone)).Select(entry => entry.Kind).ShouldContain("workspace_closed");
    }

    [Theory, Databases]
    public async Task Somebody_takes_their_data_along_and_goes(TestDatabase database)
    {
        var (app, _, budi) = await Administering.Start(database);
        await using var __ = app;
        await app.Fill(budi, 1_100, n => $"Bolt {n}");
        var gone = await budi.CreateItem("Gone");
        await budi.Delete($"/api/items/{gone}");
        await budi.Put($"/api/items/{gone}/star");
        await budi.Say("Hello, it is me");
        await budi.CreateToken();

        var file = await budi.Get("/api/me/data");
        file.Header("Content-Disposition").ShouldBe("attachment; filename=\"pacil.json\"");
        file.Json.EnumerateObject().Select(part => part.Name).ShouldBe(
            ["account", "workspaces", "tokens", "blocks", "items", "archived_items", "movements", "stars", "messages"]);
        file.Json.GetProperty("account").GetProperty("username").GetString().ShouldBe("budi");
        file.Json.GetProperty("items").GetArrayLength().ShouldBe(1_100);
        file.Json.GetProperty("archived_items").GetArrayLength().ShouldBe(1);
        file.Json.GetProperty("movements").GetArrayLength().ShouldBe(1_099);
        file.Json.GetProperty("stars")[0].GetProperty("item").GetInt64().ShouldBe(gone);
        file.Json.GetProperty("messages")[0].GetProperty("text").GetString().ShouldBe("Hello, it is me");
        file.Text.ShouldNotContain("pacil_");

        (await budi.SubmitForm("/settings/erase", ("heir", ""), ("password", "wrong"))).Status.ShouldBe(422);
        (await budi.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = "" })))
            .ShouldBeProblem(422, "invalid", "password");
        (await budi.SubmitForm("/settings/erase", ("heir", ""), ("password", TestApp.Password))).Header("Location")
            .ShouldBe("/login");
        (await budi.Get("/api/me")).ShouldBeProblem(401, "not_signed_in");
        (await app.Stranger().Post("/api/login", new { username = "budi", password = TestApp.Password }))
            .Status.ShouldBe(401);
    }

    /// <summary>Stored text about users and events, from several tables, as one string.</summary>
    private static async Task<string> Everything(TestApp app) => string.Join('\n', await app.Database.Read(
        connection => connection.Query<string>(
            """
            select username || username_key || coalesce(email, '') || coalesce(email_key, '') || password_hash
            from account
            union all select name from workspace
            union all select data from entry
            union all select coalesce(username, '') from invitation
            union all select workspace_name from notification
            union all select data from draft
            """), Cancellation));
}
