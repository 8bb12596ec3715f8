using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Log.Events;
using Pacil.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces.Events;

namespace Pacil.Tests.Notifications;

/// <summary>
/// The notifications of each entry are delivered exactly once, even with several processes and across crashes.
/// </summary>
public sealed class NotificationDeliveryTests
{
    private const int Kills = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Many_readers_at_once_tell_everything_once_and_in_order(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Pacil.Workspaces.Role.Editor);
        var bolt = await ana.Threshold("Bolt", 6);
        using var done = new CancellationTokenSource();
        // Three notification readers that never pause compete with the server's own reader.
        var readers = Enumerable.Range(0, 3)
            .Select(_ => Task.Run(() => ReadOnAndOn(app, done.Token), Cancellation)).ToList();
        var moving = Task.Run(() => MoveToAndFro(ana, bolt, 100, CancellationToken.None), Cancellation);
        // At the same time, Budi marks all notifications in his inbox as read.
        while (!moving.IsCompleted) (await budi.Post("/api/notifications/read")).Status.ShouldBe(200);
        await moving;
        await app.Settled(ana);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        await Once(app.Database, ana, budi, 100);
        CountsAreTrue(await app.Entries(await app.InboxOf(budi)));
    }

    [Theory, Databases]
    public async Task Whatever_is_killed_in_between_nothing_is_lost_or_doubled(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        await using var pacil = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var ana = await pacil.SignIn("ana");
        var bolt = await ana.Threshold("Bolt", 6);
        using var enough = new CancellationTokenSource();
        var moves = 0;
        var mover = Task.Run(() =>
            MoveToAndFro(ana, bolt, int.MaxValue, enough.Token, () => Interlocked.Increment(ref moves)), Cancellation);
        for (var kill = 0; kill < Kills; kill++)
        {
            // Waits for at least two movements for each kill, on a machine of any speed.
            while (Volatile.Read(ref moves) < 2 * (kill + 1)) await Task.Delay(20, Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancellation);
            pacil.Kill();
            await pacil.Restart();
        }
        await enough.CancelAsync();
        var moved = await mover;
        await ana.Notified(1, "?limit=1");
        await using var seen = place.Open();
        var watch = Stopwatch.StartNew();
        while (await seen.Read(connection => connection.First<long>("select count(*) from notification_due"),
            Cancellation) > 0)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(20, Cancellation);
        }
        await pacil.Terminate();

        moved.ShouldBeGreaterThan(Kills);
        await Once(seen, ana, ana, moved);
    }

    [Theory, Databases]
    public async Task Every_kind_that_can_concern_somebody_is_queued_and_no_other(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        await using var store = place.Open();
        await store.Migrate(Cancellation);
        Event[] due =
        [
            new StockLow(1), new StockRecovered(6), Posted(7), new MemberInvited("editor"),
            new MemberRoleChanged(new("viewer", "editor")), new MemberRemoved(),
            Edited([7], []), Edited([], [7]), new MessageRedacted([1]),
        ];
        Event[] others =
        [
            new RoomCreated("Tools"), new MemberJoined("editor"), new WorkspaceChanged(new("Lab", "Club")),
            new WorkspaceRedacted([1]), Posted(), Edited([], []), Edited([], [], "\"mentions\":[7]"),
        ];
        await store.Write(Actor.Program, tx =>
        {
            foreach (var what in others.Concat(due).Concat(others)) tx.Record(1, 1, 1, what);
            return Task.FromResult(0);
        }, Cancellation);

        var queued = await store.Read(connection => connection.Query<string>(
            "select kind from notification_due due join entry on entry.feed_id = due.feed_id and entry.seq = due.seq "
            + "order by due.seq"), Cancellation);
        queued.ShouldBe(due.Select(what => EventRegistry.Of(what).Name));

        static MessagePosted Posted(params long[] mentions) => new() { Room = 1, Text = "", Mentions = mentions };

        static MessageEdited Edited(long[] before, long[] after, string text = "") => new()
        {
            Room = 1,
            Text = new("", text),
            Mentions = new(before, after),
        };
    }

    [Theory, Databases]
    public async Task What_happened_before_there_were_notifications_is_not_told(TestDatabase database)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var bolt = await ana.Threshold("Bolt", 6);
        await ana.Move(bolt, -1);
        await ana.Notified(1);
        // Restores the schema as it was before migration 0005.
        await app.Database.Write(Actor.Program, tx => tx.Execute(OlderSchema.Before14(tx.Dialect) + tx.Dialect.Pick(
            sqlite: """
                drop trigger notification_due_insert; drop trigger room_lobby_insert;
                drop table star; drop table draft; drop table room_read; drop table message; drop table room;
                drop table api_token;
                drop table notification_due; drop table notification_muted; drop table notification;
                drop table sign_in_link;
                alter table account drop column locked_at; alter table account drop column erased_at;
                alter table meta drop column registration;
                drop index idempotency_by_age; create index idempotency_by_time on idempotency (at);
                alter table idempotency drop column encoding; alter table idempotency drop column bytes;
                update meta set schema = schema - 9
                """,
            postgres: """
                drop trigger notification_due_insert on entry; drop function notification_due_insert;
                drop trigger room_lobby_insert on workspace; drop function room_lobby_insert;
                drop table star, draft, room_read, message, room, api_token, notification_due,
                  notification_muted, notification, sign_in_link;
                alter table account drop column locked_at, drop column erased_at;
                alter table meta drop column registration;
                drop index idempotency_by_age; create index idempotency_by_time on idempotency (at);
                alter table idempotency drop column encoding, drop column bytes;
                alter table account drop column username_skeleton, add unique (email_key);
                update meta set schema = schema - 9
                """)),
            Cancellation);
        await using var upgraded = await app.Restart();
        ana = upgraded.As(ana);

        await ana.Move(bolt, 1);
        (await ana.Notified(1))[0].Kind().ShouldBe("stock_recovered");
        // The upgrade also creates a lobby for a workspace that is older than the feature of rooms.
        (await ana.Post("/api/rooms/lobby/messages", new { text = "Hello" })).Status.ShouldBe(201);
    }

    private static async Task ReadOnAndOn(TestApp app, CancellationToken done)
    {
        await using var database = app.OpenDatabase();
        using var reader = new NotificationReader(
            database, TimeProvider.System, NullLogger<NotificationReader>.Instance);
        while (!done.IsCancellationRequested)
            try
            {
                await reader.ReadAll(Cancellation);
            }
            catch (DatabaseUnavailable)
            {
                // SQLite allows one writer at a time, and this reader has waited until its busy timeout. The loop tries
                // again.
            }
    }

    /// <returns>The number of movements, each of which changes the item between low and recovered.</returns>
    private static async Task<int> MoveToAndFro(
        Person ana, long item, int max, CancellationToken enough, Action? moved = null)
    {
        for (var n = 0; n < max; n++)
            for (var isDone = false; !isDone;)
                try
                {
                    if (enough.IsCancellationRequested && n % 2 == 0) return n;
                    var reply = await ana.Post($"/api/items/{item}/movements", new { delta = n % 2 == 0 ? -1 : 1 },
                        ("Idempotency-Key", $"n-{n}"));
                    isDone = reply.Status == 201;
                    if (isDone) moved?.Invoke();
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(10, CancellationToken.None);
                }
        return max;
    }

    private static async Task Once(Database database, Person owner, Person told, int count)
    {
        var entries = await database.Read(connection => connection.Query<long>(
            "select seq from entry where feed_id = @Feed and kind in ('stock_low', 'stock_recovered') order by seq",
            new { Feed = owner.Workspace }), Cancellation);
        entries.Count.ShouldBe(count);
        (await database.Read(connection => connection.Query<long>(
            "select seq from notification where account_id = @Id order by id", new { told.Id }),
            Cancellation)).ShouldBe(entries);
        (await database.Read(connection => connection.Query<string>(
            """
            select entry.data from entry join account on account.inbox_id = entry.feed_id
            where account.id = @Id and kind = 'notification_added' order by seq
            """, new { told.Id }), Cancellation))
            .Select(data => JsonDocument.Parse(data).RootElement.GetProperty("entry").GetInt64()).ShouldBe(entries);
    }

    /// <summary>
    /// The unread count in each inbox entry equals the count that follows from this entry and all earlier entries.
    /// </summary>
    private static void CountsAreTrue(List<Entry> inbox)
    {
        var unread = new HashSet<long>();
        inbox.Select(entry => entry.Kind).Distinct().Order().ShouldBe(["notification_added", "notifications_read"]);
        for (var n = 0; n < inbox.Count; n++)
        {
            var data = JsonDocument.Parse(inbox[n].Data).RootElement;
            if (inbox[n].Kind == "notification_added") unread.Add(inbox[n].SubjectId);
            else unread.RemoveWhere(id => id <= data.GetProperty("through").GetInt64());
            // All entries of one write contain the count after the whole write, so only the last of them is compared.
            if (n + 1 < inbox.Count && inbox[n + 1].At == inbox[n].At) continue;
            data.GetProperty("unread").GetInt32().ShouldBe(unread.Count, $"after entry {inbox[n].Seq}");
        }
    }
}
