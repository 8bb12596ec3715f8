using AngleSharp;
using AngleSharp.Dom;
using Pacil.Data;
using Pacil.Log;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.ActivityLog;

/// <summary>The activity log, as a list in the API and as a page.</summary>
public sealed class EntryListTests
{
    [Theory, Databases]
    public async Task It_is_newest_first_page_by_page_with_the_position_it_shows(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 5; n++) await ana.CreateItem($"Bolt {n}");

        var first = await ana.Get("/api/entries?limit=2");
        var second = await ana.Get(first.Next!);
        var third = await ana.Get(second.Next!);

        Seqs(first).Concat(Seqs(second)).Concat(Seqs(third)).ShouldBe([5, 4, 3, 2, 1]);
        third.Next.ShouldBeNull();
        await using var reader = await FeedReader.Open(
            ana, Transport.EventStream, $"after={first.Header("Feed-Cursor")}");
        await ana.CreateItem("Nut");
        (await reader.Next()).Seq.ShouldBe(6);
        (await ana.Get($"/api/w/{ana.Workspace}/entries")).Json[0].GetRawText()
            .ShouldBe((await ana.Get("/api/entries")).Json[0].GetRawText());
    }

    [Theory, Databases]
    public async Task Filters_choose_by_kind_person_item_and_time(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        var item = await ana.CreateItem("Bolt", 5);
        await budi.Post($"/api/w/{ana.Workspace}/items/{item}/movements", new { delta = -1 });
        await ana.CreateItem("Nut");
        await At(app, ana, 1, "2026-03-01T16:59:59Z");
        await At(app, ana, 2, "2026-03-01T17:00:00Z");
        await At(app, ana, 3, "2026-03-02T16:59:59.999Z");
        await At(app, ana, 4, "2026-03-02T17:00:00Z");

        (await Chosen(ana, "")).ShouldBe([4, 3, 2, 1]);
        (await Chosen(ana, "kind=item_created")).ShouldBe([4, 2]);
        (await Chosen(ana, $"person={budi.Id}")).ShouldBe([3, 1]);
        (await Chosen(ana, $"item={item}")).ShouldBe([3, 2]);
        (await Chosen(ana, $"item={item}&person={ana.Id}&kind=&from=&to=")).ShouldBe([2]);
        (await Chosen(ana, "from=2026-03-01T17:00:00Z&to=2026-03-02T17:00:00Z")).ShouldBe([3, 2]);
        (await Chosen(ana, "from=2026-03-02T00:00:00%2B07:00")).ShouldBe([4, 3, 2]);
        // A day lasts from midnight to midnight in the time zone of the reader.
        await ana.Patch("/api/me", new { time_zone = "Asia/Jakarta" });
        (await Chosen(ana, "from=2026-03-02&to=2026-03-02")).ShouldBe([3, 2]);
        (await Chosen(ana, "to=2026-03-01")).ShouldBe([1]);
        (await Chosen(ana, "item=999999")).ShouldBeEmpty();
        Seqs(await ana.Get($"/api/items/{item}/history?kind=stock_moved")).ShouldBe([3]);
    }

    [Theory, Databases]
    public async Task A_filter_that_says_nothing_is_named(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var (query, field) in new[]
                 {
                     ("kind=nonsense", "kind"), ("person=ana", "person"), ("person=-1", "person"), ("item=1.5", "item"),
                     ("from=yesterday", "from"),
                     ("to=2026-13-01", "to"), ("to=9999-12-31", "to"), ("from=2026-03-02&to=2026-03-01", "to"),
                     ("limit=0", "limit"),
                 })
            (await ana.Get($"/api/entries?{query}")).ShouldBeProblem(422, "invalid", field);
        (await ana.Page("/activity?kind=nonsense")).Status.ShouldBe(422);
    }

    [Theory, Databases]
    public async Task Who_is_no_member_finds_nothing(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.CreateItem("Bolt");

        (await budi.Get($"/api/w/{ana.Workspace}/entries")).ShouldBeProblem(404, "not_found");
        (await budi.Page($"/w/{ana.Workspace}/activity")).Status.ShouldBe(404);
        (await budi.Get("/api/entries")).Text.ShouldBe("[]");
        (await budi.Get("/api/entries")).Header("Feed-Cursor").ShouldNotBeNull();
        (await budi.Page("/activity")).Text.ShouldContain("Nothing has happened yet.");
    }

    [Theory, Databases]
    public async Task The_page_says_what_has_happened_in_sentences(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var item = await ana.CreateItem("Bolt", 5);
        await ana.Patch($"/api/items/{item}", new { name = "Nut <b>", unit = "pcs" });
        await ana.Post($"/api/items/{item}/movements", new { delta = -3, note = "for the rover" });
        await ana.Patch($"/api/items/{item}", new { amount = 4 }, ("If-Match", "*"));
        await ana.Post("/api/entries/3/undo");
        await ana.Admit(budi);

        var rows = (await Open(ana, "/activity")).QuerySelectorAll("[data-log] li").Select(Words).ToList();

        rows.ShouldBe(
        [
            $"{budi.Name} joined now",
            $"{ana.Name} corrected Nut <b> by +3 now · 7 in stock · undoes an earlier change Undo",
            $"{ana.Name} counted Nut <b>: 4 now Undo",
            $"{ana.Name} took 3 of Nut <b> now · 2 in stock · for the rover undone",
            $"{ana.Name} renamed Bolt to Nut <b> now · Unit: empty → pcs Undo",
            $"{ana.Name} added Bolt now Undo",
        ]);
        (await Open(ana, $"/activity?item={item}")).QuerySelector("h1")!.TextContent.ShouldBe("Activity of Nut <b>");
        await ana.Patch("/api/me", new { language = "id" });
        (await Open(ana, "/activity")).QuerySelectorAll("[data-log] li").Select(Words).ToList()[3].ShouldStartWith(
            $"{ana.Name} mengambil 3 dari Nut <b>");
    }

    [Fact]
    public async Task A_quoted_text_is_cut_between_two_characters_never_inside_one()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.Post("/api/rooms/lobby/messages", new { text = $"{new string('a', 59)}😀 and more" });

        var row = (await Open(ana, "/activity")).QuerySelector("[data-log] li")!.TextContent;

        row.ShouldContain($"{new string('a', 59)}…");
    }

    [Theory, Databases]
    public async Task Opening_and_closing_a_workspace_has_words_and_can_be_asked_for(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace("Robot club");
        await ana.Delete($"/api/w/{lab}");
        await ana.Patch($"/api/w/{lab}", new { archived = false });

        (await Open(ana, $"/w/{lab}/activity")).QuerySelectorAll("[data-log] li").Select(Words).ShouldBe(
        [
            $"{ana.Name} reopened the workspace now", $"{ana.Name} closed the workspace now",
            $"{ana.Name} created the workspace Robot club now",
        ]);
        foreach (var kind in new[] { "workspace_created", "workspace_closed", "workspace_reopened" })
            (await ana.Get($"/api/w/{lab}/entries?kind={kind}")).Json.GetArrayLength().ShouldBe(1, kind);
    }

    [Fact]
    public async Task Unknown_and_redacted_entries_are_shown_without_their_values()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await app.Database.Write(new Actor(ana.Id, ana.Name), tx =>
        {
            tx.Record(new Change(ana.Workspace, "item_changed", "item", 1, 1, """{"color":{"from":1}}""", default));
            tx.Record(new Change(ana.Workspace, "of_the_future", "thing", 1, 1, "{}", default));
            tx.Record(new Change(ana.Workspace, "message_posted", "message", 1, 1, Redaction.Data, default));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);

        var page = await Open(ana, "/activity");

        var rows = page.QuerySelectorAll("[data-log] li");
        rows.Length.ShouldBe(3);
        Words(rows[0]).ShouldStartWith($"{ana.Name} made a change whose details have been deleted");
        Words(rows[1]).ShouldStartWith($"{ana.Name}: of_the_future");
        Words(rows[2]).ShouldStartWith($"{ana.Name}: item_changed");
        page.QuerySelectorAll("[data-log] button:not([hidden])").ShouldBeEmpty();
    }

    [Theory, Databases]
    public async Task Only_who_may_undo_is_offered_to(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, viewer, editor, manager) =
            (await app.SignIn(), await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(viewer);
        await ana.Admit(editor, Role.Editor);
        await ana.Admit(manager, Role.Manager);
        await ana.CreateItem("Bolt");
        await editor.Post($"/api/w/{ana.Workspace}/items", new { name = "Nut" });

        foreach (var (person, offers) in new[] { (ana, 2), (viewer, 0), (editor, 1), (manager, 2) })
        {
            var page = await Open(person, $"/w/{ana.Workspace}/activity");
            page.QuerySelectorAll("[data-log] button:not([hidden])").Select(button => button.GetAttribute("formaction"))
                .Count(address => address!.StartsWith($"/w/{ana.Workspace}/entries/")).ShouldBe(offers, person.Name);
        }
    }

    [Fact]
    public async Task The_page_carries_its_row_once_more_empty_for_the_scripts()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 3);

        foreach (var path in new[] { "/activity", $"/items/{item}?tab=history" })
        {
            var page = await Open(ana, path);
            var template = (AngleSharp.Html.Dom.IHtmlTemplateElement)page.QuerySelector("template#entry")!;
            var empty = template.Content.QuerySelector("li")!;
            var row = page.QuerySelector("[data-log] li")!;
            empty.QuerySelectorAll("*").Select(element => element.LocalName)
                .ShouldBe(row.QuerySelectorAll("*").Select(element => element.LocalName));
            empty.QuerySelector("p")!.TextContent.Trim().ShouldBe("");
            // The browser script resumes the feed from the first cursor on the page, so the first cursor must be the
            // earliest.
            var heads = page.QuerySelectorAll("[data-feed-cursor]")
                .Select(part => long.Parse(part.GetAttribute("data-head")!)).ToList();
            heads[0].ShouldBe(heads.Min());
        }
    }

    [Theory, Databases]
    public async Task More_is_a_link_that_keeps_the_filters(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 60, n => $"Bolt {n}");

        var page = await Open(ana, "/activity?kind=item_created");
        page.QuerySelectorAll("[data-log] li").Length.ShouldBe(50);
        var rest = await Open(ana, page.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        rest.QuerySelectorAll("[data-log] li").Length.ShouldBe(10);
        rest.QuerySelector("[rel=next]").ShouldBeNull();
        rest.QuerySelector("option[value=item_created]")!.HasAttribute("selected").ShouldBeTrue();
    }

    private static long[] Seqs(Reply reply) =>
        [.. reply.Json.EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64())];

    private static async Task<long[]> Chosen(Person person, string query) =>
        Seqs(await person.Get($"/api/entries?{query}"));

    private static Task<int> At(TestApp app, Person person, long seq, string time) =>
        app.Database.Write(Actor.Program, tx => tx.Execute(
            "update entry set at = @At where feed_id = @Workspace and seq = @Seq",
            new { At = DateTimeOffset.Parse(time).UtcDateTime, person.Workspace, Seq = seq }),
            TestContext.Current.CancellationToken);

    /// <summary>The visible text of the row.</summary>
    private static string Words(IElement row)
    {
        foreach (var hidden in row.QuerySelectorAll("[hidden]")) hidden.Remove();
        return string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<IDocument> Open(Person person, string path)
    {
        var reply = await person.Page(path);
        reply.Status.ShouldBe(200, reply.Text);
        return await BrowsingContext.New(Configuration.Default)
            .OpenAsync(request => request.Content(reply.Text), TestContext.Current.CancellationToken);
    }
}
