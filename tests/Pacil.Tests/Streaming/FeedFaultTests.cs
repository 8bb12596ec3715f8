using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Streaming;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;
using Pacil.Workspaces;

namespace Pacil.Tests.Streaming;

/// <summary>
/// Faults of other subscribers, of the PostgreSQL server, and of the stored data while a stream is open.
/// </summary>
public sealed class FeedFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_reader_who_cannot_be_looked_after_leaves_the_others_as_they_are()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var ill = await Follow(app, ana);
        using var well = await Follow(app, ana);
        var (illLooks, wellLooks) = (0, 0);
        ill.Ticked = (_, _) =>
        {
            illLooks++;
            throw new ObjectDisposedException("request");
        };
        well.Ticked = (_, _) => wellLooks++;
        await Until(() => illLooks > 1 && wellLooks > 1);

        // After Dispose, the server must not call the subscriber, because its HttpContext might already serve another
        // request.
        ill.Dispose();
        ill.Ticked.ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_lets_nobody_in_for_a_while_is_followed_as_before_once_it_does()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        var ana = await app.SignIn();
        await using var reader = await FeedReader.Open(ana, Transport.EventStream);
        var postgres = app.Services.GetRequiredService<Settings>().Database!;
        await FaultInjection.LetIn(postgres, false);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
        (await ana.Get("/api/items")).ShouldBeProblem(503, "unavailable");
        await FaultInjection.LetIn(postgres, true);
        await using var other = app.OpenDatabase();
        await other.Migrate(Cancellation);

        // This write sends no signal, so only the periodic check can find it.
        await other.Write(new Actor(ana.Id, ana.Name), tx =>
        {
            tx.Record(new Change(ana.Workspace, "item_changed", "item", 1, 1, "{}"));
            return Task.FromResult(0);
        }, Cancellation);
        (await reader.Next()).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_way_behind_in_one_workspace_holds_up_no_other()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        await app.Fill(ana, 3000, n => $"Thing {n}");
        await using var reader = await FeedReader.Open(
            ana, Transport.EventStream, $"after=start&follow={ana.Workspace},{lab}");
        var entries = new List<Frame>();
        while (entries.Count < 3001) entries.Add(await reader.Next());

        entries.FindIndex(entry => entry.Data.GetProperty("workspace").GetInt64() == lab).ShouldBeInRange(1, 500);
        entries.Where(entry => entry.Data.GetProperty("workspace").GetInt64() == ana.Workspace)
            .Select(entry => entry.Seq)
            .ShouldBe(Enumerable.Range(1, 3000).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Who_is_called_otherwise_meanwhile_says_so_over_an_open_connection()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await using var socket = await FeedReader.Open(ana, Transport.WebSocket);
        (await ana.Patch("/api/me", new { username = $"new{ana.Name}" })).Status.ShouldBe(200);

        await socket.Send(new { @do = "say", room = "lobby", text = "Hello" });
        var said = await socket.NextOf("entry", "done");
        if (said.Event == "done") said = await socket.Next();
        said.Data.GetProperty("actor").GetProperty("name").GetString().ShouldBe($"new{ana.Name}");
    }

    [Theory, Databases]
    public async Task Who_is_erased_is_named_nowhere_where_they_have_ever_been(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var (owner, ana) = (await app.SignIn("owner"), await app.SignIn("ana"));
        var lab = await owner.CreateWorkspace();
        await owner.Admit(ana, Role.Editor, lab);
        await using var open = await FeedReader.Open(
            owner, Transport.EventStream, $"after=start&follow={lab},{Entry.Administration}");
        (await ana.Post($"/api/w/{lab}/items", new { name = "Bolt" })).Status.ShouldBe(201);
        await ana.CreateToken("read");
        (await owner.Delete($"/api/w/{lab}/members/{ana.Id}")).Status.ShouldBe(204);
        (await ana.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = TestApp.Password })))
            .Status.ShouldBe(204);

        foreach (var feed in new[] { lab, Entry.Administration })
        {
            var read = (await owner.Get($"/api/feed?wait=0&after=start&follow={feed}")).Json.GetProperty("entries");
            read.EnumerateArray().Select(entry => entry.GetProperty("actor").GetProperty("name").GetString())
                .ShouldNotContain("ana", $"{feed}");
            read.EnumerateArray().Select(entry => entry.GetProperty("kind").GetString())
                .ShouldContain("account_redacted");
        }
    }

    [Fact]
    public async Task What_is_heard_is_what_is_read_later()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var budi = await app.Member(ana, ana.Workspace, Role.Editor);
        string? heard;
        await using (var open = await FeedReader.Open(budi, Transport.EventStream))
        {
            await ana.Post("/api/rooms/lobby/messages", new { text = $"@{budi.Name} look" });
            heard = (await open.NextOf("inbox")).Data.ToString();
        }
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        await Until(() => broadcaster.SubscriberCount == 0);
        (await budi.Get("/api/feed?wait=0&after=start")).Json.GetProperty("entries").EnumerateArray()
            .Select(entry => entry.ToString()).ShouldContain(heard);
    }

    [Fact]
    public async Task Looking_without_waiting_is_asking_like_any_other()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestsPerMinute = 20 });
        var ana = await app.SignIn();
        var replies = new List<Reply>();
        for (var n = 0; n < 25; n++) replies.Add(await ana.Get("/api/feed?wait=0"));

        replies[0].Status.ShouldBe(200);
        replies[^1].ShouldBeProblem(429, "too_many_requests");
        replies[^1].Header("Retry-After").ShouldNotBeNull();
    }

    private static async Task<FeedSubscriber> Follow(TestApp app, Person person)
    {
        var subscriber = app.Subscriber(person);
        await subscriber.Follow(person.Workspace, isInbox: false, null, isOtherEpoch: false, Cancellation);
        return subscriber;
    }

    private static async Task Until(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        for (; !isSo(); await Task.Delay(20, Cancellation)) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
