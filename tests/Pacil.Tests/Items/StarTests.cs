using Pacil.Tests.Support;

namespace Pacil.Tests.Items;

public sealed class StarTests
{
    [Theory, Databases]
    public async Task A_star_is_set_once_and_taken_away_once_and_ones_inbox_tells_of_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        var before = await ana.Get($"/api/items/{item}");

        foreach (var _ in new[] { 1, 2 })
        {
            var starred = await ana.Put($"/api/items/{item}/star");
            (starred.Status, starred.Text, starred.Header("Feed-Seq"))
                .ShouldBe((200, $$"""{"item":{{item}},"starred":true}""", null));
        }
        (await ana.Names("/api/items?starred=true")).ShouldBe(["Bolt"]);
        foreach (var _ in new[] { 1, 2 })
            (await ana.Delete($"/api/items/{item}/star")).Text.ShouldBe($$"""{"item":{{item}},"starred":false}""");
        (await ana.Names("/api/items?starred=true")).ShouldBeEmpty();

        (await Inbox(ana)).ShouldBe([("item_starred", item, ana.Workspace), ("item_unstarred", item, ana.Workspace)]);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(1);
        var after = await ana.Get($"/api/items/{item}");
        (after.Text, after.Header("ETag")).ShouldBe((before.Text, before.Header("ETag")));
    }

    [Theory, Databases]
    public async Task Stars_are_ones_own_whatever_ones_role_and_nobody_else_learns_of_them(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, viewer, stranger) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        await ana.Admit(viewer, workspace: lab);
        var item = (await ana.Post($"/api/w/{lab}/items", new { name = "Bolt" })).Json.GetProperty("id").GetInt64();

        (await viewer.Put($"/api/w/{lab}/items/{item}/star")).Status.ShouldBe(200);

        (await viewer.Names($"/api/w/{lab}/items?starred=1")).ShouldBe(["Bolt"]);
        (await viewer.Names("/api/items?starred=1")).ShouldBeEmpty();
        (await ana.Names($"/api/w/{lab}/items?starred=1")).ShouldBeEmpty();
        (await Inbox(ana)).ShouldBeEmpty();
        (await Inbox(viewer)).ShouldBe([("item_starred", item, lab)]);
        (await ana.Get($"/api/w/{lab}/entries")).Text.ShouldNotContain("starred");
        (await stranger.Put($"/api/w/{lab}/items/{item}/star")).ShouldBeProblem(404, "not_found");
        (await ana.Put($"/api/items/{item}/star")).ShouldBeProblem(404, "not_found");
        // A member can remove a star in a closed workspace.
        (await ana.Delete($"/api/w/{lab}")).Status.ShouldBe(200);
        (await viewer.Delete($"/api/w/{lab}/items/{item}/star")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task What_is_starred_is_listed_in_every_order_and_with_every_filter(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var ids = new Dictionary<string, long>();
        foreach (var name in new[] { "delta", "alpha bolt", "charlie", "bravo bolt", "echo" })
            ids[name] = await ana.CreateItem(name, ids.Count);
        foreach (var (name, id) in ids)
            if (name != "echo") await ana.Put($"/api/items/{id}/star");
        await ana.Patch($"/api/items/{ids["charlie"]}", new { threshold = 5 });

        (await ana.Names("/api/items?starred=true")).ShouldBe(["delta", "alpha bolt", "charlie", "bravo bolt"]);
        (await ana.Names("/api/items?starred=true&sort=-created"))
            .ShouldBe(["bravo bolt", "charlie", "alpha bolt", "delta"]);
        (await ana.Names("/api/items?starred=true&sort=name"))
            .ShouldBe(["alpha bolt", "bravo bolt", "charlie", "delta"]);
        (await ana.Names("/api/items?starred=true&sort=-amount"))
            .ShouldBe(["bravo bolt", "charlie", "alpha bolt", "delta"]);
        (await ana.Names("/api/items?starred=true&sort=-updated&limit=1")).ShouldBe(["charlie"]);
        var first = await ana.Get("/api/items?starred=true&sort=name&limit=3");
        (await ana.Names(first.Next!)).ShouldBe(["delta"]);
        (await ana.Names("/api/items?starred=true&search=BOLT&sort=-name")).ShouldBe(["bravo bolt", "alpha bolt"]);
        (await ana.Names("/api/items?starred=true&search=%01")).ShouldBeEmpty();
        (await ana.Names("/api/items?starred=true&low=true")).ShouldBe(["charlie"]);
        (await ana.Get("/api/items?starred=perhaps")).ShouldBeProblem(422, "invalid", "starred");
        (await ana.Get("/api/items?starred=true&archived=true")).Header("Feed-Cursor").ShouldNotBeNull();
    }

    [Theory, Databases]
    public async Task What_is_archived_keeps_its_star(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        await ana.Put($"/api/items/{item}/star");

        await ana.Delete($"/api/items/{item}");

        (await ana.Names("/api/items?starred=true")).ShouldBeEmpty();
        (await ana.Names("/api/items?starred=true&archived=true")).ShouldBe(["Bolt"]);
        (await ana.Page("/?archived=true")).Text.ShouldContain($"data-stars=\"{item}\"");
        (await ana.Delete($"/api/items/{item}/star")).Status.ShouldBe(200);
        (await ana.Put($"/api/items/{item}/star")).Status.ShouldBe(200);
        await ana.Post($"/api/items/{item}/restore");
        (await ana.Names("/api/items?starred=true")).ShouldBe(["Bolt"]);
    }

    [Theory, Databases]
    public async Task A_repeated_request_gets_the_first_answer_and_changes_nothing(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        await ana.Put($"/api/items/{item}/star", null, ("Idempotency-Key", "mine"));
        await ana.Delete($"/api/items/{item}/star");

        var again = await ana.Put($"/api/items/{item}/star", null, ("Idempotency-Key", "mine"));

        (again.Status, again.Header("Idempotency-Replayed")).ShouldBe((200, "true"));
        (await ana.Names("/api/items?starred=true")).ShouldBeEmpty();
    }

    [Theory, Databases]
    public async Task There_is_a_most_that_one_may_mark(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 1001, n => $"Item {n}");
        await app.Database.Write(new(ana.Id, ana.Name), tx => tx.Execute(
            """
            insert into star (account_id, workspace_id, item_id)
            select created_by, workspace_id, id from item where workspace_id = @Workspace and name <> 'Item 1000'
            """, new { ana.Workspace }), TestContext.Current.CancellationToken);
        var newest = (await ana.Get("/api/items?sort=-created&limit=2")).Json;

        (await ana.Put($"/api/items/{newest[0].GetProperty("id")}/star")).ShouldBeProblem(409, "too_many_stars");

        (await ana.Put($"/api/items/{newest[1].GetProperty("id")}/star")).Status.ShouldBe(200);
        (await ana.Page("/")).Text.ShouldContain("<span data-count> · 1,000</span>");
        (await Inbox(ana)).ShouldBeEmpty();
    }

    [Theory, Databases]
    public async Task By_forms_it_is_done_as_well_and_the_page_shows_ones_own(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var item = await ana.CreateItem("Bolt");
        await ana.Admit(budi);

        (await budi.SubmitForm($"/w/{ana.Workspace}/star", ("star", $"{item} true"), ("next", "/members")))
            .Header("Location").ShouldBe("/members");

        (await budi.Page($"/w/{ana.Workspace}/")).Text.ShouldContain($"value=\"{item} false\" aria-pressed=\"true\"");
        (await budi.Page($"/w/{ana.Workspace}/items/{item}")).Text.ShouldContain(
            $"value=\"{item} false\" aria-pressed=\"true\"");
        (await ana.Page("/")).Text.ShouldContain($"value=\"{item} true\" aria-pressed=\"false\"");
        (await ana.Page($"/items/{item}")).Text.ShouldContain($"value=\"{item} true\" aria-pressed=\"false\"");
        foreach (var wrong in new[] { "", "7", $"{item} perhaps", "x true", $"{item} true 1" })
            (await budi.SubmitForm($"/w/{ana.Workspace}/star", ("star", wrong))).Status.ShouldBe(400, wrong);
        (await budi.SubmitForm("/star", ("star", $"{item} true"))).Status.ShouldBe(404);
    }

    /// <summary>The star entries of the person's inbox: kind, item and workspace.</summary>
    private static async Task<List<(string, long, long)>> Inbox(Person person) =>
        [.. (await person.Get("/api/feed?after=start&wait=0")).Json.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("workspace").ValueKind == System.Text.Json.JsonValueKind.Null)
            .Where(entry => entry.GetProperty("kind").GetString()!.Contains("starred"))
            .Select(entry =>
                (entry.GetProperty("kind").GetString()!, entry.GetProperty("subject").GetProperty("id").GetInt64(),
                    entry.GetProperty("data").GetProperty("workspace").GetInt64()))];
}
