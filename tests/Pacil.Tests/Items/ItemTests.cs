using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items;

public sealed class ItemTests
{
    private static readonly string[] Members =
    [
        "id", "name", "description", "amount", "unit", "threshold", "version",
        "created_at", "created_by", "updated_at", "updated_by", "archived_at",
    ];

    [Theory, Databases]
    public async Task A_new_item_is_answered_whole_and_has_an_address(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();

        var created = await ana.Post("/api/items",
            new { name = "  Étagère ", description = "a\r\nb", amount = 40, unit = "pcs", threshold = 3 });

        created.Status.ShouldBe(201, created.Text);
        created.Header("ETag").ShouldBe("\"1\"");
        var item = created.Json;
        item.EnumerateObject().Select(member => member.Name).ShouldBe(Members);
        item.GetProperty("name").GetString().ShouldBe("Étagère");
        item.GetProperty("description").GetString().ShouldBe("a\nb");
        item.GetProperty("created_by").GetInt64().ShouldBe(ana.Id);
        created.Header("Location").ShouldBe($"/api/items/{item.GetProperty("id").GetInt64()}");
        var read = await ana.Get(created.Header("Location")!);
        read.Text.ShouldBe(created.Text);
        read.Header("ETag").ShouldBe("\"1\"");
    }

    [Theory, Databases]
    public async Task Only_the_name_is_needed_and_a_form_does_as_well(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();

        var json = await ana.Post("/api/items", new { name = "Nut" });
        var form = await ana.Post("/api/items/", new FormUrlEncodedContent(
            [KeyValuePair.Create("name", "Nut"), KeyValuePair.Create("amount", ""),
                KeyValuePair.Create("threshold", "")]));

        foreach (var reply in new[] { json, form })
        {
            reply.Status.ShouldBe(201, reply.Text);
            reply.Json.GetProperty("amount").GetInt64().ShouldBe(0);
            reply.Json.GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
            reply.Json.GetProperty("unit").GetString().ShouldBe("");
        }
    }

    [Theory, Databases]
    public async Task An_amount_at_the_start_is_received_and_told_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 40);

        var movement = (await ana.Get($"/api/items/{item}/movements")).Json.EnumerateArray().ShouldHaveSingleItem();

        movement.GetProperty("delta").GetInt64().ShouldBe(40);
        movement.GetProperty("reason").GetString().ShouldBe("received");
        (await app.Entries(ana.Workspace)).ShouldHaveSingleItem().Kind.ShouldBe("item_created");
    }

    [Theory, Databases]
    public async Task A_known_version_is_not_sent_again(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem();

        foreach (var known in new[] { "\"1\"", "\"7\", \"1\"", "W/\"1\"", "\"1-gzip\"", "W/\"1-br\"", "*" })
        {
            var reply = await ana.Get($"/api/items/{item}", ("If-None-Match", known));
            reply.Status.ShouldBe(304, known);
            reply.Header("ETag").ShouldBe("\"1\"");
            reply.Text.ShouldBeEmpty();
        }
        (await ana.Get($"/api/items/{item}", ("If-None-Match", "\"2\""))).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task A_tag_that_a_proxy_has_marked_is_the_version_that_was_sent(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var (item, room, workspace) = (await ana.CreateItem(), await ana.CreateRoom(), await ana.CreateWorkspace());
        var version = 1;
        foreach (var tag in new[] { "W/\"{0}\"", "\"{0}-gzip\"", "W/\"{0}-zstd\"", "\"99\", \"{0}-br\"" })
        {
            var seen = ("If-Match", string.Format(tag, version++));
            foreach (var path in new[] { $"/api/items/{item}", $"/api/rooms/{room}", $"/api/w/{workspace}" })
            {
                (await ana.Patch(path, new { name = $"Name {version}" }, seen)).Status.ShouldBe(
                    200, $"{seen} at {path}");
                (await ana.Patch(path, new { name = "Late" }, seen)).ShouldBeProblem(412, "version_conflict");
            }
        }
        var part = new Dictionary<string, object>
        {
            ["method"] = "DELETE",
            ["path"] = $"/api/items/{item}",
            ["headers"] = new Dictionary<string, string> { ["If-Match"] = $"W/\"{version}\"" },
        };
        (await ana.Post("/api/batch", new { requests = new[] { part, part } }))
            .Json.GetProperty("responses").EnumerateArray()
            .Select(answer => answer.GetProperty("status").GetInt32()).ShouldBe([200, 412]);
    }

    [Theory, Databases]
    public async Task Replacing_clears_what_is_left_out_and_needs_the_version_seen(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = (await ana.Post(
            "/api/items", new { name = "Bolt", description = "steel", unit = "pcs", threshold = 3, amount = 5 }))
            .Json.GetProperty("id").GetInt64();

        (await ana.Put($"/api/items/{item}", new { name = "Nut" })).ShouldBeProblem(428, "version_required");
        var replaced = await ana.Put($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"1\""));

        replaced.Status.ShouldBe(200, replaced.Text);
        replaced.Header("ETag").ShouldBe("\"2\"");
        replaced.Json.GetProperty("description").GetString().ShouldBe("");
        replaced.Json.GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
        replaced.Json.GetProperty("amount").GetInt64().ShouldBe(5);
        (await ana.Put($"/api/items/{item}", new { description = "x" }, ("If-Match", "\"2\"")))
            .ShouldBeProblem(422, "invalid", "name");
    }

    [Theory, Databases]
    public async Task A_stale_version_hears_what_is_there_now_and_which_fields_others_have_changed(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await ana.Patch($"/api/items/{item}", new { description = "steel" });
        await ana.Post($"/api/items/{item}/movements", new { delta = -1 });

        var refused = await ana.Put($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"1\""));

        refused.ShouldBeProblem(412, "version_conflict");
        refused.Json.GetProperty("current").GetProperty("version").GetInt64().ShouldBe(3);
        refused.Json.GetProperty("current").GetProperty("amount").GetInt64().ShouldBe(4);
        Differing(refused).ShouldBe(["amount", "description"]);
        var later = await ana.Patch($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"2\""));
        Differing(later.ShouldBeProblem(412, "version_conflict")).ShouldBe(["amount"]);
        Differing(await ana.Delete($"/api/items/{item}", ("If-Match", "\"99\""))).Length.ShouldBe(6);
        (await ana.Item(item)).GetProperty("name").GetString().ShouldBe("Bolt");
        (await app.Entries(ana.Workspace)).Count.ShouldBe(3);
    }

    [Theory, Databases]
    public async Task A_patch_changes_what_it_names_null_clears_and_nothing_new_is_no_change(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = (await ana.Post("/api/items", new { name = "Bolt", description = "steel", threshold = 3 }))
            .Json.GetProperty("id").GetInt64();

        var patched = await ana.Send(HttpMethod.Patch, $"/api/items/{item}", new StringContent(
            """{"threshold": null, "unit": "pcs"}""", null, "application/merge-patch+json"));
        patched.Status.ShouldBe(200, patched.Text);
        var same = await ana.Patch($"/api/items/{item}", new { unit = "pcs" });

        same.Json.GetProperty("version").GetInt64().ShouldBe(2);
        same.Json.GetProperty("description").GetString().ShouldBe("steel");
        same.Json.GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
        var entries = await app.Entries(ana.Workspace);
        entries.Select(entry => entry.Kind).ShouldBe(["item_created", "stock_low", "item_changed", "stock_recovered"]);
        entries[2].Data.ShouldBe("""{"unit":{"from":"","to":"pcs"},"threshold":{"from":3,"to":null}}""");
    }

    [Theory, Databases]
    public async Task Naming_an_amount_is_a_count_kept_even_when_it_finds_what_was_expected(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);

        (await ana.Patch($"/api/items/{item}", new { amount = 3 })).ShouldBeProblem(428, "version_required");
        var counted = await ana.Patch($"/api/items/{item}", new { amount = 3, name = "Nut" }, ("If-Match", "\"1\""));
        counted.Status.ShouldBe(200, counted.Text);
        counted.Json.GetProperty("amount").GetInt64().ShouldBe(3);
        counted.Header("ETag").ShouldBe("\"3\"");
        (await ana.Patch($"/api/items/{item}", new { amount = 3 }, ("If-Match", "*"))).Status.ShouldBe(200);
        (await ana.Patch($"/api/items/{item}", new { amount = 9, place = 987654 }, ("If-Match", "*")))
            .ShouldBeProblem(422, "invalid", "place");

        var deltas = (await ana.Get($"/api/items/{item}/movements")).Json.EnumerateArray()
            .Select(movement => (movement.GetProperty("delta").GetInt64(), movement.GetProperty("reason").GetString()));
        deltas.ShouldBe([(0, "counted"), (-2, "counted"), (5, "received")]);
        (await app.Entries(ana.Workspace)).Select(entry => entry.Kind)
            .ShouldBe(["item_created", "item_changed", "stock_moved", "stock_moved"]);
    }

    [Theory, Databases]
    public async Task Archiving_hides_and_keeps_and_restoring_brings_back(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);

        var archived = await ana.Delete($"/api/items/{item}");
        archived.Status.ShouldBe(200, archived.Text);
        archived.Json.GetProperty("archived_at").ValueKind.ShouldBe(JsonValueKind.String);
        archived.Json.GetProperty("message").GetString().ShouldBe("Bolt is archived.");
        (await ana.Delete($"/api/items/{item}")).Header("ETag").ShouldBe("\"2\"");
        (await ana.Names("/api/items")).ShouldBeEmpty();
        (await ana.Names("/api/items?archived=true")).ShouldBe(["Bolt"]);
        (await ana.Names("/api/search?q=bolt")).ShouldBeEmpty();
        (await ana.Get("/json")).Text.ShouldBe("[]");
        (await ana.Get($"/api/items/{item}")).Status.ShouldBe(200);
        (await ana.Post($"/api/items/{item}/movements", new { delta = 1 })).ShouldBeProblem(409, "archived");

        (await ana.Post($"/api/items/{item}/restore")).Header("ETag").ShouldBe("\"3\"");
        (await ana.Post($"/api/items/{item}/restore")).Header("ETag").ShouldBe("\"3\"");
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
        Differing(await ana.Patch($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"1\"")))
            .ShouldBe(["archived_at"]);
        (await app.Entries(ana.Workspace)).Select(entry => entry.Kind)
            .ShouldBe(["item_created", "item_archived", "item_restored"]);
    }

    [Theory, Databases]
    public async Task The_history_is_the_log_of_the_item_newest_first(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var (item, other) = (await ana.CreateItem("Bolt", 5), await ana.CreateItem("Nut"));
        await ana.Patch($"/api/items/{item}", new { name = "Screw" });
        await ana.Post($"/api/items/{item}/movements", new { delta = -2, note = "for the rover" },
            ("Idempotency-Key", "take-two"));

        var history = (await ana.Get($"/api/items/{item}/history")).Json;

        history.EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()).ShouldBe([4, 3, 1]);
        var moved = history[0];
        moved.GetProperty("kind").GetString().ShouldBe("stock_moved");
        moved.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
        moved.GetProperty("actor").GetProperty("name").GetString().ShouldBe(ana.Name);
        moved.GetProperty("subject").GetProperty("id").GetInt64().ShouldBe(item);
        moved.GetProperty("key").GetString().ShouldBe("take-two");
        moved.GetProperty("data").GetProperty("amount").GetInt64().ShouldBe(3);
        moved.GetProperty("data").GetProperty("movement").GetProperty("note").GetString().ShouldBe("for the rover");
        history[1].GetProperty("data").GetProperty("name").GetProperty("to").GetString().ShouldBe("Screw");
        history[2].GetProperty("data").GetProperty("name").GetString().ShouldBe("Bolt");
        (await ana.Get($"/api/items/{other}/history")).Json.GetArrayLength().ShouldBe(1);
        (await ana.Get($"/api/items/{item}/history?limit=2")).Next.ShouldNotBeNull();
        (await ana.Get((await ana.Get($"/api/items/{item}/history?limit=2")).Next!)).Json.GetArrayLength().ShouldBe(1);
    }

    [Theory, Databases]
    public async Task What_is_anothers_is_not_there(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var item = await ana.CreateItem("Bolt", 5);

        foreach (var prefix in new[] { "/api", $"/api/w/{ana.Workspace}" })
        {
            (await budi.Get($"{prefix}/items/{item}")).ShouldBeProblem(404, "not_found");
            (await budi.Put($"{prefix}/items/{item}", new { name = "x" }, ("If-Match", "*")))
                .ShouldBeProblem(404, "not_found");
            (await budi.Patch($"{prefix}/items/{item}", new { name = "x" })).ShouldBeProblem(404, "not_found");
            (await budi.Delete($"{prefix}/items/{item}")).ShouldBeProblem(404, "not_found");
            (await budi.Post($"{prefix}/items/{item}/restore")).ShouldBeProblem(404, "not_found");
            (await budi.Post($"{prefix}/items/{item}/movements", new { delta = -1 })).ShouldBeProblem(404, "not_found");
            (await budi.Get($"{prefix}/items/{item}/movements")).ShouldBeProblem(404, "not_found");
            (await budi.Get($"{prefix}/items/{item}/history")).ShouldBeProblem(404, "not_found");
        }
        foreach (var list in new[] { "/items", "/search?q=bolt", "/autocomplete?q=bolt", "/items?search=bolt" })
            (await budi.Get($"/api/w/{ana.Workspace}{list}")).ShouldBeProblem(404, "not_found");
        (await budi.Post($"/api/w/{ana.Workspace}/items", new { name = "x" })).ShouldBeProblem(404, "not_found");
        (await budi.Get($"/w/{ana.Workspace}/json")).ShouldBeProblem(404, "not_found");
        (await budi.Page($"/w/{ana.Workspace}/")).Status.ShouldBe(404);
        (await budi.Get($"/json/{item}")).Text.ShouldBe("[]");
        (await budi.Names("/api/search?q=bolt")).ShouldBeEmpty();
        (await ana.Names($"/api/w/{ana.Workspace}/items")).ShouldBe(["Bolt"]);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(1);
    }

    private static string[] Differing(Reply reply) =>
        [.. reply.Json.GetProperty("differing").EnumerateArray().Select(field => field.GetString()!)];
}
