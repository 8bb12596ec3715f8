using Pacil.Tests.Support;

namespace Pacil.Tests.Log;

/// <summary>
/// Every list response contains a cursor. The feed continues from that cursor without gaps or repeats.
/// </summary>
public sealed class SnapshotTests
{
    [Theory, Databases]
    public async Task Every_list_says_where_its_feed_was(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        var api = $"/api/w/{lab}";
        var item = (await ana.Post($"{api}/items", new { name = "Bolt", amount = 5 }))
            .Json.GetProperty("id").GetInt64();
        (await ana.Post($"{api}/invitations", new { role = "viewer" })).Status.ShouldBe(201);
        string[] lists =
        [
            "/items", "/items?search=nothing", $"/items/{item}/movements", $"/items/{item}/history",
            "/entries", "/members",
            "/invitations", "/rooms", "/rooms?archived=true", "/rooms/lobby/messages", "/search?q=bolt",
            "/search?q=nothing",
            "/search?q=",
        ];
        foreach (var list in lists)
        {
            var read = await ana.Get(api + list);
            read.Status.ShouldBe(200, list);
            await ana.Post($"{api}/items/{item}/movements", new { delta = 1, note = list });
            var next = (await ana.Get($"/api/feed?after={read.Header("Feed-Cursor")}&wait=0"))
                .Json.GetProperty("entries");
            next.GetArrayLength().ShouldBe(1, list);
            next[0].GetProperty("data").GetProperty("movement").GetProperty("note").GetString().ShouldBe(list);
            (await budi.Get(api + list)).ShouldBeProblem(404, "not_found");
        }
    }

    [Theory, Databases]
    public async Task What_is_starred_goes_on_in_the_inbox_too(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        foreach (var list in new[] { "/api/items?starred=true", "/api/items?starred=true&search=bolt" })
        {
            await ana.Delete($"/api/items/{item}/star");
            var read = await ana.Get(list);
            read.Json.GetArrayLength().ShouldBe(0);
            await ana.Put($"/api/items/{item}/star");
            await ana.Post($"/api/items/{item}/movements", new { delta = 1 });
            var next = (await ana.Get($"/api/feed?after={read.Header("Feed-Cursor")}&wait=0")).Json;
            next.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString())
                .ShouldBe(["item_starred", "stock_moved"], ignoreOrder: true);
        }
    }

    [Theory, Databases]
    public async Task The_list_of_workspaces_goes_on_in_the_inbox(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        await ana.Admit(budi, Pacil.Workspaces.Role.Viewer, lab);
        (await budi.Get("/api/workspaces?limit=1")).Next.ShouldNotBeNull();
        var list = await budi.Get("/api/workspaces");
        list.Json.GetArrayLength().ShouldBe(2);
        await using var inbox = await FeedReader.Open(
            budi, Transport.EventStream, $"after={list.Header("Feed-Cursor")}");
        (await ana.Delete($"/api/w/{lab}/members/{budi.Id}")).Status.ShouldBe(204);
        (await inbox.NextOf("inbox")).Kind.ShouldBe("notification_added");
    }
}
