using System.Text.Json;
using FsCheck.Fluent;
using Pacil.Data;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.ActivityLog;

public sealed class UndoTests
{
    [Theory, Databases]
    public async Task A_movement_is_undone_by_its_opposite_which_says_so(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 40);
        var taken = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -3, note = "for the rover" }));

        var undone = await Undo(ana, taken);

        undone.Status.ShouldBe(200, undone.Text);
        var entry = undone.Json.EnumerateArray().ShouldHaveSingleItem();
        (entry.GetProperty("kind").GetString(), entry.GetProperty("undoes").GetInt64())
            .ShouldBe(("stock_moved", taken));
        entry.GetProperty("seq").GetInt64().ShouldBe(Seq(undone));
        entry.TryGetProperty("group", out _).ShouldBeFalse();
        entry.GetProperty("data").GetProperty("movement").GetProperty("delta").GetInt64().ShouldBe(3);
        (await ana.Get("/api/entries?limit=1")).Text.ShouldBe(undone.Text);
        (await Amount(ana, item)).ShouldBe(40);
        (await Undo(ana, taken)).ShouldBeProblem(409, "already_undone");
        (await Undo(ana, Seq(undone))).Status.ShouldBe(200);
        (await Amount(ana, item)).ShouldBe(37);
    }

    [Theory, Databases]
    public async Task What_was_done_again_can_be_undone_again_by_either_name(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 40);
        var taken = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -3 }));
        var undone = Seq(await Undo(ana, taken));
        var redone = Seq(await Undo(ana, undone));

        var again = await Undo(ana, taken);

        again.Json[0].GetProperty("undoes").GetInt64().ShouldBe(redone);
        foreach (var seq in new[] { taken, redone }) (await Undo(ana, seq)).ShouldBeProblem(409, "already_undone");
        (await Amount(ana, item)).ShouldBe(40);
        (await Undo(ana, undone)).Status.ShouldBe(200);
        (await Undo(ana, undone)).ShouldBeProblem(409, "already_undone");
        (await Amount(ana, item)).ShouldBe(37);
    }

    [Theory, Databases]
    public async Task What_came_and_went_since_cannot_be_taken_back(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        var received = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = 5 }));
        var taken = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -3 }));

        (await Undo(ana, received)).ShouldBeProblem(409, "insufficient_stock").Json.GetProperty("available")
            .GetInt64().ShouldBe(2);
        await ana.Delete($"/api/items/{item}");
        (await Undo(ana, taken)).ShouldBeProblem(409, "archived");

        (await Amount(ana, item)).ShouldBe(2);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(4);
    }

    [Theory, Databases]
    public async Task A_change_goes_back_unless_its_fields_have_changed_since_which_are_named(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        var changed = Seq(await ana.Patch(
            $"/api/items/{item}", new { name = "Nut", unit = "pcs", threshold = 3, description = "steel" }));
        var later = Seq(await ana.Patch($"/api/items/{item}", new { name = "Screw", threshold = 4 }));

        var refused = (await Undo(ana, changed)).ShouldBeProblem(409, "changed_since");

        refused.Json.GetProperty("fields").EnumerateArray().Select(field => field.GetString())
            .ShouldBe(["name", "threshold"]);
        refused.Json.GetProperty("detail").GetString()
            .ShouldBe("This cannot be undone, because it was changed again later: Name, Low stock at.");
        (await Undo(ana, later)).Status.ShouldBe(200);
        (await Undo(ana, changed)).Json[0].GetProperty("undoes").GetInt64().ShouldBe(changed);
        var now = await ana.Item(item);
        (Text(now, "name"), Text(now, "unit"), Text(now, "description")).ShouldBe(("Bolt", "", ""));
        now.GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory, Databases]
    public async Task Creating_archiving_and_restoring_undo_each_other(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var created = Seq(await ana.Post("/api/items", new { name = "Bolt", amount = 3 }));
        var item = (await app.Entries(ana.Workspace))[0].SubjectId;

        (await Undo(ana, created)).Json[0].GetProperty("kind").GetString().ShouldBe("item_archived");
        (await ana.Names("/api/items")).ShouldBeEmpty();
        (await Undo(ana, 2)).Json[0].GetProperty("kind").GetString().ShouldBe("item_restored");
        var archived = Seq(await ana.Delete($"/api/items/{item}"));
        (await Undo(ana, created)).ShouldBeProblem(409, "changed_since").Json.GetProperty("fields")[0].GetString()
            .ShouldBe("archived_at");
        (await Undo(ana, archived)).Status.ShouldBe(200);
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
        await ana.Delete($"/api/items/{item}");
        var restored = Seq(await ana.Post($"/api/items/{item}/restore"));
        (await Undo(ana, restored)).Json[0].GetProperty("kind").GetString().ShouldBe("item_archived");
        (await Undo(ana, created)).ShouldBeProblem(409, "changed_since");
    }

    [Theory, Databases]
    public async Task What_one_request_changed_is_undone_together_or_not_at_all(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await ana.Patch($"/api/items/{item}", new { name = "Nut", amount = 9, threshold = 9 }, ("If-Match", "*"));
        await ana.Post($"/api/items/{item}/movements", new { delta = -6 });
        (await app.Entries(ana.Workspace)).Select(entry => (entry.Kind, entry.GroupId)).ShouldBe(
            [("item_created", null), ("item_changed", 2L), ("stock_low", 2L), ("stock_moved", 2L),
                ("stock_moved", null)]);

        (await Undo(ana, 2)).ShouldBeProblem(409, "insufficient_stock");
        (await Undo(ana, 3)).ShouldBeProblem(409, "cannot_be_undone");
        await ana.Post($"/api/items/{item}/movements", new { delta = 6 });
        var renamed = Seq(await ana.Patch($"/api/items/{item}", new { name = "Screw" }));
        (await Undo(ana, 4)).ShouldBeProblem(409, "changed_since");
        (await Amount(ana, item)).ShouldBe(9);
        await Undo(ana, renamed);
        var undone = await Undo(ana, 4);

        undone.Json.EnumerateArray().Select(
            entry => (Text(entry, "kind"), entry.TryGetProperty("undoes", out var seq) ? seq.GetInt64() : 0))
            .ShouldBe([("stock_moved", 4), ("item_changed", 2), ("stock_recovered", 0)]);
        undone.Json.EnumerateArray().Select(entry => entry.GetProperty("group").GetInt64()).Distinct()
            .ShouldBe([Seq(undone)]);
        (await Amount(ana, item), Text(await ana.Item(item), "name")).ShouldBe((5, "Bolt"));
        (await Undo(ana, 2)).ShouldBeProblem(409, "already_undone");
        (await Undo(ana, Seq(undone) + 1)).Status.ShouldBe(200);
        (await Amount(ana, item), Text(await ana.Item(item), "name")).ShouldBe((9, "Nut"));
    }

    [Theory, Databases]
    public async Task A_count_is_undone_also_where_it_found_what_was_expected(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var counted = Seq(await ana.Patch($"/api/items/{item}", new { amount = 5 }, ("If-Match", "*")));

        (await Undo(ana, counted)).Json[0].GetProperty("undoes").GetInt64().ShouldBe(counted);
        (await Undo(ana, counted)).ShouldBeProblem(409, "already_undone");
        (await Amount(ana, item)).ShouldBe(5);
    }

    [Theory, Databases]
    public async Task Ones_own_is_undone_as_an_editor_and_what_others_did_as_a_manager(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, viewer, editor, manager) =
            (await app.SignIn(), await app.SignIn(), await app.SignIn(), await app.SignIn());
        var stranger = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await ana.Admit(viewer);
        await ana.Admit(editor, Role.Editor);
        await ana.Admit(manager, Role.Manager);
        var api = $"/api/w/{ana.Workspace}";
        var anas = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -1 }));
        var editors = Seq(await editor.Post($"{api}/items/{item}/movements", new { delta = -1 }));

        (await stranger.Post($"{api}/entries/{anas}/undo")).ShouldBeProblem(404, "not_found");
        (await viewer.Post($"{api}/entries/{anas}/undo")).ShouldBeProblem(403, "forbidden");
        (await editor.Post($"{api}/entries/{anas}/undo")).ShouldBeProblem(403, "forbidden");
        (await editor.Post($"{api}/entries/{editors}/undo")).Status.ShouldBe(200);
        var managers = await manager.Post($"{api}/entries/{anas}/undo");
        managers.Status.ShouldBe(200, managers.Text);
        (await editor.Post($"{api}/entries/{Seq(managers)}/undo")).ShouldBeProblem(403, "forbidden");
        (await ana.Post($"{api}/entries/{Seq(managers)}/undo")).Status.ShouldBe(200);
        (await manager.Post($"/api/entries/{anas}/undo")).ShouldBeProblem(404, "not_found");
        (await Amount(ana, item)).ShouldBe(4);
    }

    [Theory, Databases]
    public async Task Of_twenty_who_undo_the_same_at_once_one_does(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var taken = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -1 }));
        await ana.Patch($"/api/items/{item}", new { name = "Nut", amount = 9 }, ("If-Match", "*"));

        // An undo of any entry of a group undoes the whole group.
        foreach (var seqs in new[] { [taken, taken], new[] { taken + 1, taken + 2 } })
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Undo(ana, seqs[n % 2])));

            replies.Count(reply => reply.Status == 200).ShouldBe(1);
            foreach (var refused in replies.Where(reply => reply.Status != 200))
                refused.Status.ShouldBe(409, refused.Text);
        }
        (await Amount(ana, item), Text(await ana.Item(item), "name")).ShouldBe((5, "Bolt"));
    }

    [Theory, Databases]
    public async Task Two_who_change_different_fields_at_once_both_have_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);

        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => (n % 3) switch
        {
            0 => ana.Patch($"/api/items/{item}", new { name = $"Bolt {n}" }),
            1 => ana.Patch($"/api/items/{item}", new { unit = $"u{n}" }),
            _ => ana.Patch($"/api/items/{item}", new { threshold = n }),
        }));

        replies.ShouldAllBe(reply => reply.Status == 200);
        var now = await ana.Item(item);
        now.GetProperty("version").GetInt64().ShouldBe(25);
        (Text(now, "name") != "Bolt", Text(now, "unit") != "", now.GetProperty("threshold").ValueKind)
            .ShouldBe((true, true, JsonValueKind.Number));
    }

    [Theory, Databases]
    public async Task A_repeated_undo_gets_the_same_answer_and_happens_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var taken = Seq(await ana.Post($"/api/items/{item}/movements", new { delta = -1 }));
        var first = await Undo(ana, taken, ("Idempotency-Key", "back"));

        var second = await Undo(ana, taken, ("Idempotency-Key", "back"));

        (second.Status, second.Text, second.Header("Idempotency-Replayed")).ShouldBe((200, first.Text, "true"));
        Seq(second).ShouldBe(Seq(first));
        (await Amount(ana, item)).ShouldBe(5);
        (await Undo(ana, 1, ("Idempotency-Key", "back"))).ShouldBeProblem(422, "idempotency_key_reused");
    }

    [Theory, Databases]
    public async Task What_cannot_be_undone_is_refused(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await app.Database.Write(new Actor(ana.Id, ana.Name), tx =>
        {
            tx.Record(new Change(ana.Workspace, "item_changed", "item", 1, 2, """{"redacted": true}"""));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);
        await app.Database.Write(new Actor(ana.Id, ana.Name), tx =>
        {
            tx.Record(new Change(ana.Workspace, "item_changed", "item", 1, 2, """{"colour": {"from": 1, "to": 2}}"""));
            tx.Record(new Change(ana.Workspace, "message_posted", "message", 1, 1, "{}"));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);

        foreach (var seq in new[] { 1, 2, 3, 4 }) (await Undo(ana, seq)).ShouldBeProblem(409, "cannot_be_undone");
        (await Undo(ana, 5)).ShouldBeProblem(404, "not_found");
    }

    /// <summary>The cost of a request does not grow with the number of earlier undos and redos.</summary>
    [Theory, Databases]
    public async Task Of_an_undo_of_an_undo_and_so_on_only_so_much_is_looked_at(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await ana.Delete($"/api/items/{item}");
        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            var data = await tx.First<string>(
                "select data from entry where feed_id = @Workspace and seq = 2", new { ana.Workspace });
            for (var n = 3; n <= 10_002; n++)
                tx.Record(new Change(
                    ana.Workspace, n % 2 == 1 ? "item_restored" : "item_archived", "item", item, n, data!)
                {
                    Undoes = n - 1,
                });
            return 0;
        }, TestContext.Current.CancellationToken);
        // The write above made one group of all its entries. Real undos are separate writes without a group, so the
        // test removes the group.
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update entry set group_id = null where feed_id = @Workspace", new { ana.Workspace }),
            TestContext.Current.CancellationToken);

        foreach (var seq in new[] { 2, 3, 5_000, 9_902 })
            (await Undo(ana, seq)).ShouldBeProblem(409, "undone_too_often");
        (await ana.SubmitForm("/entries/2/undo")).Status.ShouldBe(409);
        (await Undo(ana, 9_903)).ShouldBeProblem(409, "already_undone");
        (await Undo(ana, 9_904)).Status.ShouldBe(200);
        (await Undo(ana, 10_003)).Status.ShouldBe(200);
        (await ana.Item(item)).GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Theory, Databases]
    public async Task Every_change_is_answered_with_its_place_in_the_log(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var created = await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "new"));
        var item = created.Json.GetProperty("id").GetInt64();

        Seq(created).ShouldBe(1);
        Seq(await ana.Patch($"/api/items/{item}", new { name = "Nut" })).ShouldBe(2);
        Seq(await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "new"))).ShouldBe(1);
        (await ana.Patch($"/api/items/{item}", new { name = "Nut" })).Header("Feed-Seq").ShouldBeNull();
        (await ana.Patch($"/api/items/{item}", new { name = "" })).Header("Feed-Seq").ShouldBeNull();
    }

    [Theory, Databases]
    public async Task With_a_form_it_leads_back_and_offers_the_way_there_again(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("amount", "5"), ("version", "1"));
        (await ana.Page($"/items/{item}?tab=history")).Text.ShouldContain("action=\"/entries/2/undo\"");

        (await ana.SubmitForm("/entries/2/undo", ("next", "/activity?kind=item_changed"))).Header("Location")
            .ShouldBe("/activity?kind=item_changed");

        var page = (await ana.Page("/activity?kind=item_changed")).Text;
        page.ShouldContain("Undone.");
        page.ShouldContain("action=\"/entries/3/undo\"");
        (await ana.SubmitForm("/entries/2/undo")).Status.ShouldBe(409);
        Text(await ana.Item(item), "name").ShouldBe("Bolt");
    }

    /// <summary>
    /// For any sequence of changes: undoing the changes in reverse order restores the first state. Undoing those undos
    /// restores the last state.
    /// </summary>
    [Theory, Databases]
    public async Task Any_sequence_undone_in_reverse_gives_the_first_state_and_redone_the_last(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var sequences = Gen.Choose(0, 9).Zip(Gen.Choose(0, 12)).ListOf(20).Sample(6);

        foreach (var sequence in sequences)
        {
            var ana = await app.SignIn();
            var items = new List<long> { await ana.CreateItem("Bolt", 5), await ana.CreateItem("Nut", 9) };
            var first = await State(ana);
            var changes = new List<long>();
            foreach (var (act, number) in sequence)
            {
                var reply = await Act(ana, items, changes, act, number);
                if (reply.Header("Feed-Seq") is not null) changes.Add(Seq(reply));
                if (reply.Status == 201 && act == 0) items.Add(reply.Json.GetProperty("id").GetInt64());
            }
            var told = string.Join(", ", sequence);
            var last = await State(ana);
            var undone = await UndoAll(ana, changes, told);
            (await State(ana)).Where(item => first.ContainsKey(item.Key)).ToDictionary().ShouldBe(first, told);
            (await State(ana)).Where(item => !first.ContainsKey(item.Key))
                .ShouldAllBe(item => item.Value.EndsWith("archived"), told);
            await UndoAll(ana, undone, told);
            (await State(ana)).ShouldBe(last, told);
        }
    }

    private static Task<Reply> Act(Person ana, List<long> items, List<long> changes, int act, int number)
    {
        var item = $"/api/items/{items[number % items.Count]}";
        return act switch
        {
            0 => ana.Post("/api/items", new { name = $"Thing {number}", amount = number }),
            1 => ana.Patch(item, new { name = $"Name {number % 3}" }),
            2 => ana.Patch(item, new
            {
                unit = number % 2 == 0 ? "" : "pcs",
                threshold = number % 5 == 0 ? (int?)null : number,
            }),
            3 => ana.Patch(item, new { description = $"Text {number % 4}", amount = number }, ("If-Match", "*")),
            4 => ana.Delete(item),
            5 => ana.Post($"{item}/restore"),
            6 when changes.Count > 0 => Undo(ana, changes[number % changes.Count]),
            _ => ana.Post($"{item}/movements", new { delta = number - 6 }),
        };
    }

    /// <returns>The numbers of the entries that the undos wrote. These entries can be undone, too.</returns>
    private static async Task<List<long>> UndoAll(Person ana, IEnumerable<long> changes, string told)
    {
        var undone = new List<long>();
        foreach (var seq in changes.Reverse())
        {
            var reply = await Undo(ana, seq);
            reply.Status.ShouldBe(200, $"{seq}: {reply.Text} after {told}");
            undone.Add(Seq(reply));
        }
        return undone;
    }

    /// <summary>The visible fields of each item, by the item's id.</summary>
    private static async Task<Dictionary<long, string>> State(Person ana)
    {
        var lists =
            new[] { await ana.Get("/api/items?limit=200"), await ana.Get("/api/items?limit=200&archived=true") };
        return lists.SelectMany(list => list.Json.EnumerateArray()).ToDictionary(
            item => item.GetProperty("id").GetInt64(),
            item => $"{Text(item, "name")}, {Text(item, "description")}, {Text(item, "unit")}, "
                + $"{item.GetProperty("threshold")}, {item.GetProperty("amount")}"
                + $"{(item.GetProperty("archived_at").ValueKind == JsonValueKind.Null ? "" : ", archived")}");
    }

    private static long Seq(Reply reply)
    {
        reply.Headers.ShouldContainKey("Feed-Seq", reply.Text);
        return long.Parse(reply.Header("Feed-Seq")!);
    }

    private static Task<Reply> Undo(Person person, long seq, params (string, string)[] headers) =>
        person.Post($"/api/entries/{seq}/undo", null, headers);

    private static async Task<long> Amount(Person person, long item) =>
        (await person.Item(item)).GetProperty("amount").GetInt64();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
