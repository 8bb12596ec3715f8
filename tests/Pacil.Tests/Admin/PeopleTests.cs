using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

public sealed class PeopleTests
{
    [Theory, Databases]
    public async Task Only_administrators_see_anybody(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        foreach (var path in new[]
                 {
                     "/api/users", $"/api/users/{budi.Id}", "/api/users/entries", "/api/registration",
                     "/api/users/999999"
                 })
        {
            (await budi.Get(path)).ShouldBeProblem(403, "forbidden");
            (await app.Stranger().Get(path)).ShouldBeProblem(401, "not_signed_in");
        }
        foreach (var path in new[]
                 {
                     "/admin", "/admin/entries", $"/admin/people/{ana.Id}", $"/admin/people/{ana.Id}/erase"
                 })
        {
            (await budi.Page(path)).Status.ShouldBe(403);
            (await app.Stranger().Page(path)).Header("Location")!.ShouldStartWith("/login?next=");
            (await ana.Page(path)).Status.ShouldBe(200);
        }
        (await budi.SubmitForm($"/admin/people/{budi.Id}/change", ("administrator", "true"))).Status.ShouldBe(403);
        (await budi.Patch($"/api/users/{budi.Id}", new { administrator = true })).ShouldBeProblem(403, "forbidden");
        (await budi.Post("/api/users", new { username = "eve" })).ShouldBeProblem(403, "forbidden");
        (await budi.Delete($"/api/users/{ana.Id}")).ShouldBeProblem(403, "forbidden");
        (await budi.Page("/")).Text.ShouldNotContain("href=\"/admin\"");
        (await ana.Page("/")).Text.ShouldContain("href=\"/admin\"");
    }

    [Theory, Databases]
    public async Task The_list_is_paged_by_name_and_searched_by_name_and_address(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        foreach (var name in new[] { "Zoé", "carla", "Dewi" })
            (await ana.Post("/api/users", new { username = name, email = $"{name.ToUpperInvariant()}@Example.org" }))
                .Status.ShouldBe(201);

        var first = await ana.Get("/api/users?limit=3");
        Names(first).ShouldBe(["ana", "budi", "carla"]);
        Names(await ana.Get(first.Next!)).ShouldBe(["Dewi", "Zoé"]);
        Names(await ana.Get("/api/users?search=ZOÉ")).ShouldBe(["Zoé"]);
        Names(await ana.Get("/api/users?search=example.ORG+dew")).ShouldBe(["Dewi"]);
        Names(await ana.Get("/api/users?search=%25")).ShouldBe([]);
        var page = (await ana.Page("/admin?search=nobody")).Text;
        page.ShouldContain("No people found.");
        page.ShouldContain("Show all");
        var user = (await ana.Get("/api/users?search=ana")).Json[0];
        user.GetProperty("created_at").GetDateTime().Year.ShouldBeGreaterThan(2000);
        user.GetProperty("last_login").GetDateTime()
            .ShouldBeGreaterThanOrEqualTo(user.GetProperty("created_at").GetDateTime());
        user.EnumerateObject().Select(part => part.Name).ShouldBe(
            ["id", "username", "email", "administrator", "locked", "version", "created_at", "last_login"]);
    }

    [Theory, Databases]
    public async Task Name_and_address_change_by_put_and_patch_alike_and_the_name_stays_unique(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var path = $"/api/users/{budi.Id}";

        var put = await ana.Put(path, new { email = "Budi@example.org" });
        put.Json.GetProperty("username").GetString().ShouldBe("budi");
        put.Header("ETag").ShouldBe("\"2\"");
        (await ana.Patch(path, new { username = "Budiman" })).Json.GetProperty("email").GetString()
            .ShouldBe("Budi@example.org");
        (await ana.Patch(path, new { username = "budiMAN" })).Json.GetProperty("username").GetString()
            .ShouldBe("budiMAN");
        (await ana.Patch(path, new { })).Json.GetProperty("version").GetInt64().ShouldBe(4);

        (await ana.Patch(path, new { username = "ANA" })).ShouldBeProblem(422, "invalid", "username");
        (await ana.Patch(path, new { email = "nobody", username = "a b" }))
            .ShouldBeProblem(422, "invalid", "username", "email");
        (await ana.Post("/api/users", new { username = "BUDIman", email = "nobody" }))
            .ShouldBeProblem(422, "invalid", "username", "email");
        (await ana.Patch(path, new { email = (string?)null })).Json.GetProperty("email").ValueKind.ShouldBe(
            System.Text.Json.JsonValueKind.Null);
        foreach (var there in new[] { "/api/users/999999", "/api/users/0" })
        {
            (await ana.Get(there)).ShouldBeProblem(404, "not_found");
            (await ana.Patch(there, new { username = "x" })).ShouldBeProblem(404, "not_found");
            (await ana.Delete(there)).ShouldBeProblem(404, "not_found");
            (await ana.Delete($"{there}/sessions")).ShouldBeProblem(404, "not_found");
            (await ana.Post($"{there}/sign-in-link")).ShouldBeProblem(404, "not_found");
        }
        (await ana.Page("/admin/people/999999")).Status.ShouldBe(404);
    }

    [Theory, Databases]
    public async Task Two_administrators_who_change_one_person_do_not_overwrite_each_other(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var path = $"/api/users/{budi.Id}";
        var seen = (await ana.Get(path)).Header("ETag")!;
        (await ana.Patch(path, new { email = "budi@example.org" }, ("If-Match", seen))).Status.ShouldBe(200);

        var late = await ana.Patch(path, new { username = "budiman" }, ("If-Match", seen));
        late.ShouldBeProblem(412, "version_conflict");
        late.Json.GetProperty("current").GetProperty("email").GetString().ShouldBe("budi@example.org");
        (await ana.Delete(path, ("If-Match", seen))).ShouldBeProblem(412, "version_conflict");
        (await ana.SubmitForm($"/admin/people/{budi.Id}", ("username", "budiman"), ("email", ""), ("version", "1")))
            .Status.ShouldBe(412);
        (await ana.User(budi)).GetProperty("username").GetString().ShouldBe("budi");

        // Neither request sends a version, and each changes only the fields that it names. So both changes are stored.
        await Task.WhenAll(ana.Patch(path, new { username = "budiman" }), ana.Patch(path, new { locked = true }));
        var both = await ana.User(budi);
        both.GetProperty("username").GetString().ShouldBe("budiman");
        both.GetProperty("locked").GetBoolean().ShouldBeTrue();
    }

    [Theory, Databases]
    public async Task By_the_form_too_each_changes_only_what_they_typed(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var person = $"/admin/people/{budi.Id}";
        (string, string)[] shown = [("version", "1"), ("shown_username", "budi"), ("shown_email", "")];
        (await ana.Page(person)).Text.ShouldContain("name=\"shown_username\" value=\"budi\"");
        await ana.Patch($"/api/users/{budi.Id}", new { email = "budi@example.org" });

        (await ana.SubmitForm(person, [("username", "budiman"), ("email", ""), .. shown])).Status.ShouldBe(303);
        var refused = await ana.SubmitForm(person, [("username", "budi"), ("email", "b@example.org"), .. shown]);

        refused.Status.ShouldBe(412);
        refused.Text.ShouldContain("Someone changed this to “budi@example.org” in the meantime.");
        refused.Text.ShouldContain("name=\"username\" type=\"text\" dir=\"auto\" value=\"budiman\"");
        refused.Text.ShouldContain("name=\"email\" type=\"email\" value=\"b@example.org\"");
        var now = await ana.User(budi);
        (now.GetProperty("username").GetString(), now.GetProperty("email").GetString())
            .ShouldBe(("budiman", "budi@example.org"));
    }

    [Theory, Databases]
    public async Task Everything_can_be_done_by_forms_and_is_in_the_log(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var person = $"/admin/people/{budi.Id}";

        (await ana.SubmitForm("/admin", ("username", "carla"), ("email", ""))).Header("Location").ShouldBe("/admin");
        (await ana.Page("/admin")).Text.ShouldContain("/sign-in/");
        (await ana.Page("/admin")).Text.ShouldNotContain("/sign-in/");
        (await ana.SubmitForm("/admin", ("username", "ANA"))).Text.ShouldContain("aria-invalid=\"true\"");
        (await ana.SubmitForm(person, ("username", "budiman"), ("email", "budi@example.org"), ("version", "1")))
            .Header("Location").ShouldBe(person);
        (await ana.SubmitForm($"{person}/change", ("locked", "true"))).Header("Location").ShouldBe(person);
        (await ana.SubmitForm($"{person}/sign-in-link")).Status.ShouldBe(409);
        (await ana.SubmitForm($"{person}/change", ("locked", "false"))).Status.ShouldBe(303);
        (await ana.SubmitForm($"{person}/sign-in-link")).Status.ShouldBe(303);
        (await ana.SubmitForm($"{person}/change", ("administrator", "true"))).Status.ShouldBe(303);
        (await ana.SubmitForm($"{person}/change", ("administrator", "false"))).Status.ShouldBe(303);
        (await ana.SubmitForm($"{person}/sign-out")).Status.ShouldBe(303);
        (await ana.SubmitForm("/admin/registration", ("registration", "closed"))).Header("Location").ShouldBe("/admin");
        (await ana.SubmitForm($"{person}/erase", ("heir", ""))).Header("Location").ShouldBe("/admin");

        (await app.Log()).ShouldBe(
        [
            "account_created", "account_created", "account_created", "sign_in_link_created",
            "account_changed", "account_locked",
            "account_unlocked", "sign_in_link_created", "account_promoted", "account_demoted", "account_signed_out",
            "registration_changed", "account_erased",
        ]);
        (await app.Entries(Entry.Administration))
            .ShouldAllBe(entry => !entry.Data.Contains("budi") && !entry.Data.Contains('@'));
        var log = (await ana.Page("/admin/entries")).Text;
        log.ShouldContain("ana changed former member: User name, E-mail");
        log.ShouldContain("ana changed who may register: Nobody");
        log.ShouldNotContain("admin.log.");
        var entries = await ana.Get("/api/users/entries?limit=5");
        entries.Json[0].GetProperty("kind").GetString().ShouldBe("account_erased");
        (await ana.Get(entries.Next!)).Json.GetArrayLength().ShouldBe(5);
    }

    private static string[] Names(Reply reply) =>
        [.. reply.Json.EnumerateArray().Select(user => user.GetProperty("username").GetString()!)];
}
