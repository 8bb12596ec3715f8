using System.Diagnostics;
using System.Text.Json;
using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Tests.Support;

namespace Pacil.Tests.Notifications;

internal static class Notices
{
    /// <summary>
    /// The server delivers notifications within two seconds, but a machine that runs tests may be slower.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the person has that many notifications. Fails if there are more. Returns them newest first.
    /// </summary>
    public static async Task<List<JsonElement>> Notified(this Person person, int count, string query = "")
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var reply = await person.Get($"/api/notifications{query}");
            reply.Status.ShouldBe(200, reply.Text);
            List<JsonElement> told = [.. reply.Json.EnumerateArray()];
            if (told.Count >= count || watch.Elapsed > Patience)
            {
                told.Count.ShouldBe(count, reply.Text);
                return told;
            }
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the person has exactly these notifications, oldest first.</summary>
    public static async Task NotifiedOnly(this Person person, params string[] texts)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var told = (await person.Get("/api/notifications?limit=200")).Json.EnumerateArray().Select(Text)
                .Reverse().ToList();
            if (told.SequenceEqual(texts)) return;
            if (watch.Elapsed > Patience) told.ShouldBe(texts);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>
    /// Loads pages until the bell shows that number. The server may cache session data for a second, so an earlier page
    /// may show an old number.
    /// </summary>
    public static async Task<string> Bell(this Person person, string unread)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var page = (await person.Page("/")).Text;
            if (page.Contains($"<span data-unread>{unread}</span>")) return page;
            watch.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the server has delivered all notifications of the workspace.</summary>
    public static Task Settled(this TestApp app, Person owner) => app.Settled(owner.Workspace);

    /// <inheritdoc cref="Settled(TestApp, Person)"/>
    public static async Task Settled(this TestApp app, long workspace)
    {
        var watch = Stopwatch.StartNew();
        while (await app.Due(workspace) > 0)
        {
            watch.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task<long> Due(this TestApp app, long feed) => app.Database.Read(connection => connection.First<long>(
        "select count(*) from notification_due where feed_id = @Feed", new { Feed = feed }),
        TestContext.Current.CancellationToken);

    public static string Text(this JsonElement told) => told.GetProperty("text").GetString()!;

    public static string Kind(this JsonElement told) => told.GetProperty("kind").GetString()!;

    public static long Id(this JsonElement told) => told.GetProperty("id").GetInt64();

    /// <summary>Writes an entry to the feed in the same way as a use case.</summary>
    public static Task Record(
        this TestApp app, Person actor, long feed, string kind, string subjectType, long subject, object data,
        Func<WriteTransaction, Task>? apply = null) =>
        app.Database.Write(new Actor(actor.Id, actor.Name), async tx =>
        {
            if (apply is not null) await apply(tx);
            var json = JsonSerializer.Serialize(data);
            tx.Record(new Change(feed, kind, subjectType, subject, 1, json)
            {
                IsDue = EventRegistry.Read(kind, json).Notice is { IsEmpty: false },
            });
            return 0;
        }, TestContext.Current.CancellationToken);

    /// <summary>Creates an item with that amount and the threshold 5.</summary>
    public static async Task<long> Threshold(this Person person, string name, long amount, string api = "/api") =>
        (await person.Post($"{api}/items", new { name, amount, threshold = 5, unit = "pcs" }))
            .Json.GetProperty("id").GetInt64();

    public static async Task Move(this Person person, long item, long delta, string api = "/api") =>
        (await person.Post($"{api}/items/{item}/movements", new { delta })).Status.ShouldBe(201);

    public static async Task<long> InboxOf(this TestApp app, Person person) => await app.Database.Read(
        connection => connection.First<long>("select inbox_id from account where id = @Id", new { person.Id }),
        TestContext.Current.CancellationToken);
}
