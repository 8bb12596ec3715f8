using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Bulk;

public sealed class BulkTests
{
    [Theory, Databases]
    public async Task Many_are_moved_by_one_request_which_is_one_group_and_one_undo(TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);
        await ana.Patch($"/api/items/{ids[0]}", new { threshold = 3 });
        var head = (await app.Entries(ana.Workspace)).Count;

        var done = await Bulk(ana, new { ids, change = new { delta = -2, note = "for the rover" } });

        (done.Status, done.Text, done.Header("Feed-Seq")).ShouldBe((200, """{"count":3,"changed":3}""", $"{head + 1}"));
        (await Amounts(ana)).ShouldBe([3, 4, 5]);
        var entries = (await app.Entries(ana.Workspace)).Skip(head).ToList();
        entries.Select(entry => entry.Kind).ShouldBe(["stock_moved", "stock_low", "stock_moved", "stock_moved"]);
        entries.ShouldAllBe(entry => entry.GroupId == head + 1);
        var movements = (await ana.Get($"/api/items/{ids[1]}/movements")).Json[0];
        JsonDocument.Parse(entries[2].Data).RootElement.GetProperty("movement").ToString()
            .ShouldBe(movements.ToString());
        (movements.GetProperty("reason").GetString(), movements.GetProperty("note").GetString(),
            movements.GetProperty("amount").GetInt64())
            .ShouldBe(("taken", "for the rover", 4));
        (await ana.Page("/")).Text.ShouldContain("3 items · 12 pieces · 1 low");

        var undone = await ana.Post($"/api/entries/{head + 1}/undo");
        undone.Status.ShouldBe(200, undone.Text);
        (await Amounts(ana)).ShouldBe([5, 6, 7]);
        (await ana.Post($"/api/entries/{head + 3}/undo")).ShouldBeProblem(409, "already_undone");
        (await ana.Post($"/api/entries/{undone.Header("Feed-Seq")}/undo")).Status.ShouldBe(200);
        (await Amounts(ana)).ShouldBe([3, 4, 5]);
    }

    /// <summary>
    /// A list ignores the search words after the tenth. A bulk change must refuse such a search, because it would also
    /// change items that do not match the ignored words.
    /// </summary>
    [Theory, Databases]
    public async Task A_search_of_more_words_than_count_changes_nothing(TestDatabase database)
    {
        var (_, ana, _) = await Shelf(database);
        var search = string.Join(' ', Enumerable.Repeat("t", 10));
        var change = new { delta = 1 };
        (await Bulk(ana, new { filter = new { search }, change, preview = true })).Status.ShouldBe(200);
        search += " nowhere";
        (await ana.Get($"/api/items?search={search}")).Status.ShouldBe(200);
        var before = await Amounts(ana);

        (await Bulk(ana, new { filter = new { search }, change })).ShouldBeProblem(422, "invalid", "search");
        (await Bulk(ana, new { filter = new { search }, change, preview = true }))
            .ShouldBeProblem(422, "invalid", "search");
        (await ana.Page($"/bulk?all=true&search={search}&change=receive&value=1")).Status.ShouldBe(422);
        (await ana.SubmitForm("/bulk", ("all", "true"), ("search", search), ("change", "receive"), ("value", "1")))
            .Status.ShouldBe(422);
        foreach (var atomic in new[] { false, true })
            (await ana.Post("/api/batch", new
            {
                atomic,
                requests = new[] { new { method = "POST", path = "/api/items/bulk",
                    body = new { filter = new { search }, change } } },
            })).Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(422);
        (await Amounts(ana)).ShouldBe(before);
    }

    [Theory, Databases]
    public async Task A_filter_means_what_the_list_shows_and_thresholds_and_archive_are_changed_alike(
        TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);

        (await Bulk(ana, new { filter = new { }, change = new { threshold = 6 } })).Text.ShouldBe(
            """{"count":3,"changed":3}""");
        (await ana.Names("/api/items?low=true")).ShouldBe(["Bolt", "Nut"]);
        (await Bulk(ana, new { filter = new { search = "nut" }, change = new { threshold = 6 } })).Text.ShouldBe(
            """{"count":1,"changed":0}""");
        (await ana.Put($"/api/items/{ids[0]}/star")).Status.ShouldBe(200);
        (await Bulk(ana, new { filter = new { low = true, starred = true }, change = new { delta = 1 } }))
            .Json.GetProperty("count").GetInt32().ShouldBe(1);
        await Bulk(ana, new { filter = new { low = true }, change = new { archived = true } });
        (await ana.Names("/api/items?archived=true")).ShouldBe(["Bolt", "Nut"]);
        (await ana.Page("/")).Text.ShouldContain("1 items · 7 pieces · 0 low");
        (await Bulk(ana, new { filter = new { archived = true }, change = new { archived = false } })).Text.ShouldBe(
            """{"count":2,"changed":2}""");
        var last = (await app.Entries(ana.Workspace)).Last(entry => entry.Kind == "item_restored");
        JsonDocument.Parse(last.Data).RootElement.ToString().ShouldBe((await ana.Item(ids[1])).ToString());
        (await Bulk(ana, new { ids = new[] { ids[0], ids[0] }, change = new { threshold = (int?)null } }))
            .Text.ShouldBe("""{"count":1,"changed":1}""");
        (await Bulk(ana, new { ids, change = new { archived = true } })).Text.ShouldBe("""{"count":3,"changed":3}""");
        (await Bulk(ana, new { ids, change = new { archived = true } })).Header("Feed-Seq").ShouldBeNull();
    }

    [Theory, Databases]
    public async Task A_threshold_goes_back_to_what_it_was_at_each(TestDatabase database)
    {
        var (_, ana, ids) = await Shelf(database);
        await ana.Patch($"/api/items/{ids[1]}", new { threshold = 2 });
        var set = await Bulk(ana, new { ids, change = new { threshold = 9 } });

        (await ana.Post($"/api/entries/{set.Header("Feed-Seq")}/undo")).Status.ShouldBe(200);

        var thresholds = (await ana.Get("/api/items")).Json.EnumerateArray()
            .Select(item => item.GetProperty("threshold").ToString());
        thresholds.ShouldBe(["", "2", ""]);
        (await ana.Page("/")).Text.ShouldContain("3 items · 18 pieces · 0 low");
    }

    [Theory, Databases]
    public async Task A_preview_writes_nothing_and_other_items_than_it_showed_are_refused(TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);
        var head = (await app.Entries(ana.Workspace)).Count;
        var change = new { delta = -6 };

        var preview = await Bulk(ana, new { filter = new { search = "t" }, change, preview = true });

        preview.Status.ShouldBe(200, preview.Text);
        var (seen, fingerprint) = (preview.Json, preview.Json.GetProperty("fingerprint").GetString());
        (seen.GetProperty("count").GetInt32(), seen.GetProperty("changed").GetInt32(), seen.GetProperty("refused_count")
            .GetInt32()).ShouldBe((1, 1, 0));
        seen.GetProperty("names")[0].GetString().ShouldBe("Tape");
        (await app.Entries(ana.Workspace)).Count.ShouldBe(head);
        var whole = (await Bulk(ana, new { ids, change, preview = true })).Json;
        whole.GetProperty("refused").ToString()
            .ShouldBe($$"""[{"id":{{ids[0]}},"name":"Bolt","code":"insufficient_stock","available":5}]""");

        var turnip = await ana.CreateItem("Turnip", 9);
        (await Bulk(ana, new { filter = new { search = "t" }, change, fingerprint }))
            .ShouldBeProblem(409, "other_items");
        (await Amounts(ana)).ShouldBe([5, 6, 7, 9]);
        await ana.Delete($"/api/items/{turnip}");
        (await Bulk(ana, new { filter = new { search = "t" }, change, fingerprint })).Text.ShouldBe(
            """{"count":1,"changed":1}""");
    }

    [Theory, Databases]
    public async Task Where_one_item_refuses_none_is_changed_and_it_is_named(TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);
        await ana.Delete($"/api/items/{ids[2]}");
        var head = (await app.Entries(ana.Workspace)).Count;

        var refused = (await Bulk(ana, new { ids, change = new { delta = -6 } }))
            .ShouldBeProblem(409, "bulk_refused").Json;
        refused.GetProperty("detail").GetString()
            .ShouldBe("Nothing was changed, because 2 of 3 items cannot be changed: " +
                "Bolt (only 5 in stock), Tape (archived).");
        refused.GetProperty("refused_count").GetInt32().ShouldBe(2);
        refused.GetProperty("refused")[0].GetProperty("available").GetInt64().ShouldBe(5);
        (await Bulk(ana, new { ids = ids[..2], change = new { delta = 9007199254740991 } }))
            .ShouldBeProblem(409, "bulk_refused");

        var budis = await (await app.SignIn()).CreateItem("Budis");
        foreach (var preview in new[] { false, true })
        {
            (await Bulk(ana, new { ids = new[] { ids[0], budis }, change = new { delta = 1 }, preview }))
                .ShouldBeProblem(404, "not_found");
            (await Bulk(ana, new { filter = new { search = "nothing" }, change = new { delta = 1 }, preview }))
                .ShouldBeProblem(409, "nothing_matches");
            (await Bulk(ana, new { filter = new { search = "\u0001x" }, change = new { delta = 1 }, preview }))
                .Status.ShouldBe(422);
            (await Bulk(ana, new { ids, change = new { delta = 1, place = 999999 }, preview }))
                .ShouldBeProblem(422, "invalid", "place");
        }
        (await app.Entries(ana.Workspace)).Count.ShouldBe(head);
    }

    [Theory, Databases]
    public async Task A_repeated_request_happens_once_and_roles_hold_for_previews_as_well(TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);
        var (viewer, stranger) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(viewer);
        foreach (var _ in new[] { 1, 2 })
            (await ana.Post("/api/items/bulk", new { ids, change = new { delta = 1 } }, ("Idempotency-Key", "b")))
                .Status.ShouldBe(200);
        (await Amounts(ana)).ShouldBe([6, 7, 8]);
        (await ana.Post("/api/items/bulk", new { ids, change = new { delta = 2 } }, ("Idempotency-Key", "b")))
            .ShouldBeProblem(422, "idempotency_key_reused");

        foreach (var preview in new[] { false, true })
        {
            var body = new { ids, change = new { delta = 1 }, preview };
            (await viewer.Post($"/api/w/{ana.Workspace}/items/bulk", body)).ShouldBeProblem(403, "forbidden");
            (await stranger.Post($"/api/w/{ana.Workspace}/items/bulk", body)).ShouldBeProblem(404, "not_found");
        }
        var looker = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        (await Bulk(looker, new { ids, change = new { delta = 1 } })).ShouldBeProblem(403, "read_only_token");
        (await Amounts(ana)).ShouldBe([6, 7, 8]);
    }

    [Theory, Databases]
    public async Task By_forms_it_is_shown_first_and_then_done(TestDatabase database)
    {
        var (app, ana, ids) = await Shelf(database);
        var page = (await ana.Page($"/bulk?ids={ids[0]}&ids={ids[1]}&change=take&value=2")).Text;
        page.ShouldContain("Take 2 of each of these 2 items?");
        var fingerprint = page.Split("name=\"fingerprint\" value=\"")[1].Split('"')[0];

        var done = await ana.SubmitForm(
            "/bulk", ("ids", $"{ids[0]}"), ("ids", $"{ids[1]}"), ("change", "take"), ("value", "2"),
            ("fingerprint", fingerprint));

        (done.Status, done.Header("Location")).ShouldBe((303, "/"));
        (await Amounts(ana)).ShouldBe([3, 4, 7]);
        (await ana.SubmitForm("/bulk", ("all", "true"), ("change", "archive"), ("fingerprint", fingerprint)))
            .Status.ShouldBe(409);
        (await ana.Page("/bulk?all=true&low=true&change=archive")).Status.ShouldBe(409);
        foreach (var wrong in new[]
                 {
                     "", "?change=take&value=1", "?all=true&change=take", "?all=true&change=eat",
                     "?ids=x&change=archive", "?all=true&change=receive&value=-1"
                 })
            (await ana.Page($"/bulk{wrong}")).Status.ShouldBe(422, wrong);
        (await ana.Page("/bulk?ids=999999&change=archive")).Status.ShouldBe(404);
        var viewer = await app.SignIn();
        await ana.Admit(viewer);
        (await viewer.Page($"/w/{ana.Workspace}/bulk?all=true&change=archive")).Status.ShouldBe(403);
    }

    /// <summary>A person with three items: Bolt, Nut and Tape, with the amounts five, six and seven.</summary>
    private static async Task<(TestApp App, Person Ana, long[] Ids)> Shelf(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        return (app, ana, [await ana.CreateItem("Bolt", 5), await ana.CreateItem("Nut", 6),
            await ana.CreateItem("Tape", 7)]);
    }

    private static Task<Reply> Bulk(Person person, object body) => person.Post("/api/items/bulk", body);

    private static async Task<long[]> Amounts(Person person) =>
        [.. (await person.Get("/api/items")).Json.EnumerateArray()
            .Select(item => item.GetProperty("amount").GetInt64())];
}
