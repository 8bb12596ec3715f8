using System.Text.Json;
using Pacil.Data;
using Pacil.Items;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>Tests that clients can follow the feed over each transport, on both databases.</summary>
public sealed class FeedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<TestDatabase, Transport> Everywhere => [.. EveryTransport(Enum.GetValues<Transport>())];

    public static TheoryData<TestDatabase, Transport> Streams =>
        [.. EveryTransport([Transport.WebSocket, Transport.EventStream])];

    private static IEnumerable<TheoryDataRow<TestDatabase, Transport>> EveryTransport(Transport[] transports) =>
        from database in Enum.GetValues<TestDatabase>()
        from transport in transports
        select new TheoryDataRow<TestDatabase, Transport>(database, transport)
        {
            Skip = database == TestDatabase.Postgres && DatabasesAttribute.Server is null
                ? DatabasesAttribute.None : null,
        };

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Every_change_comes_once_and_in_order(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await using var reader = await FeedReader.Open(ana, transport, "after=start");
        var item = await ana.CreateItem("Bolt", 5);
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ana.Post($"/api/items/{item}/movements", new { delta = 1 })));
        await ana.Patch($"/api/items/{item}", new { name = "Nut" });
        await ana.Delete($"/api/items/{item}");

        (await reader.NextSeqs(23)).ShouldBe(Enumerable.Range(1, 23).Select(seq => (long)seq));
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task What_a_list_shows_and_what_follows_it_leave_no_gap(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        var list = await ana.Get("/api/items");
        await ana.Post($"/api/items/{item}/movements", new { delta = -2 });

        await using var reader = await FeedReader.Open(ana, transport, $"after={list.Header("Feed-Cursor")}");
        var entry = await reader.Next();
        (entry.Seq, entry.Kind, entry.Data.GetProperty("data").GetProperty("amount").GetInt64())
            .ShouldBe((2, "stock_moved", 3));
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task A_cursor_of_one_transport_goes_on_by_every_other(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await ana.CreateItem("One");
        string? cursor;
        await using (var first = await FeedReader.Open(ana, Transport.WebSocket, "after=start"))
            cursor = (await first.Next()).Id;
        await ana.CreateItem("Two");
        await using var second = await FeedReader.Open(ana, transport, $"after={cursor}");
        (await second.Next()).Seq.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Who_saw_no_entry_yet_loses_none_by_coming_back(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        string? cursor;
        await using (var first = await FeedReader.Open(ana, transport)) cursor = first.Hello!.Id;
        await ana.CreateItem("While nobody looked");
        await using var again = await FeedReader.Open(ana, transport, $"after={cursor}");
        (await again.Next()).Seq.ShouldBe(1);
    }

    [Fact]
    public Task A_cursor_twenty_thousand_entries_old_is_caught_up_with() => CatchUp(TestDatabase.Sqlite);

    /// <summary>This test is marked as long, because writing 20,000 entries to PostgreSQL takes long.</summary>
    [Fact, Trait("Length", "long")]
    public Task On_a_server_as_well()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        return CatchUp(TestDatabase.Postgres);
    }

    private static async Task CatchUp(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await ana.CreateItem("First");
        await using var before = await FeedReader.Open(ana, Transport.EventStream);
        for (var n = 0; n < 20; n++) await app.Fill(ana, 1000, i => $"Thing {i}");

        await using var after = await FeedReader.Open(ana, Transport.EventStream, $"after={before.Hello!.Id}");
        (await after.NextSeqs(20_000)).ShouldBe(Enumerable.Range(2, 20_000).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Who_catches_up_holds_little_of_the_log_at_once()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana, 150);
        using var subscriber = app.Subscriber(ana);
        await subscriber.Follow(ana.Workspace, isInbox: false, (0, 0), isOtherEpoch: false, Cancellation);
        var step = subscriber.Next(out var place, out _);
        step.ShouldBe(ReadResult.Behind);
        await subscriber.Recover(step, place);

        // The subscriber holds only the page of entries that it has just read. The later entries are not in memory.
        var bytes = 0;
        while (subscriber.Next(out _, out var entry) == ReadResult.Entry) bytes += entry.Json.Length;
        bytes.ShouldBeInRange(10_000, 64 * 1024);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task After_a_restart_and_before_any_new_write_one_goes_on(TestDatabase database, Transport transport)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await ana.CreateItem("One");
        string? cursor;
        await using (var reader = await FeedReader.Open(ana, transport)) cursor = reader.Hello!.Id;
        await ana.CreateItem("Two");
        await using var restarted = await app.Restart();
        ana = restarted.As(ana);
        await using var again = await FeedReader.Open(ana, transport, $"after={cursor}");
        (await again.Next()).Seq.ShouldBe(2);
        await ana.CreateItem("Three");
        (await again.Next()).Seq.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task A_rolled_back_database_is_noticed_by_its_marks(TestDatabase database, Transport transport)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await ana.CreateItem("One");
        var cursor = (await ana.Get("/api/items")).Header("Feed-Cursor");
        // A cursor contains the random mark of an entry. Other marks simulate that an older copy of the database was
        // restored and that new entries got the same sequence numbers as the lost entries.
        await app.Database.Write(Actor.Program, async tx =>
            await tx.Execute("update entry set mark = mark + 1 where feed_id = @Feed", new { Feed = ana.Workspace })
            + await tx.Execute("update feed set mark = mark + 1 where id = @Feed", new { Feed = ana.Workspace }),
            Cancellation);

        await using var reader = await FeedReader.Open(ana, transport, $"after={cursor}");
        var reset = await reader.Next("reset");
        reset.Data.GetProperty("reason").GetString().ShouldBe("epoch_changed");
        reset.Data.GetProperty("workspaces").EnumerateArray().Single().GetInt64().ShouldBe(ana.Workspace);
        await ana.CreateItem("Two");
        (await reader.Next()).Seq.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task A_place_ahead_or_trimmed_or_of_another_history_is_told_in_band(
        TestDatabase database, Transport transport)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 3; n++) await ana.CreateItem("Thing");
        var cursor = (await ana.Get("/api/items")).Header("Feed-Cursor")!;
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "delete from entry where feed_id = @Feed and seq = 1", new { Feed = ana.Workspace }), Cancellation);
        var epoch = cursor.Split('.')[0];

        foreach (var (after, reason) in new[]
        {
            ($"{epoch}.{ana.Workspace}-999-0000abcd", "ahead"),
            ($"{epoch}.{ana.Workspace}-1-0000abcd", "trimmed"),
            ($"{epoch}.{ana.Workspace}-3-0000abcd", "epoch_changed"),
            (cursor.Replace(epoch, "000000000000"), "epoch_changed"),
        })
        {
            await using var reader = await FeedReader.Open(ana, transport, $"after={after}");
            (await reader.Next("reset")).Data.GetProperty("reason").GetString().ShouldBe(reason, after);
        }
    }

    [Fact]
    public async Task A_media_type_is_the_same_in_capitals()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var http = new HttpClient { BaseAddress = ana.Site };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/feed?wait=0");
        request.Headers.Add("Cookie", ana.CookieHeader);
        request.Headers.Add("Accept", "Text/Event-Stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Who_is_cut_off_after_hello_is_told_again(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.CreateItem("Bolt");
        var cursor = (await ana.Get("/api/items")).Header("Feed-Cursor")!;
        await Remove(app, ana, budi);

        // The first cursor has another epoch and also names Budi's own workspace. The second cursor names only the
        // workspace from which Budi is removed.
        foreach (var (after, events) in new[]
        {
            ($"0000{cursor[4..]}.{budi.Workspace}-7-00000000", new[] { "reset", "gone", "close" }),
            (cursor, ["gone", "close"]),
        })
        {
            await using var first = await FeedReader.Open(budi, transport, $"after={after}");
            first.Hello!.Data.GetProperty("cursor").GetString().ShouldBe(first.Hello.Id);
            await using var again = await FeedReader.Open(budi, transport, $"after={first.Hello.Id}");
            var told = await again.Rest();
            told.Select(frame => frame.Event).ShouldBe(events);
            // Only "gone", the last event before "close", has an id. If a client is disconnected before "gone", it
            // resumes from its old id and gets all of these events again.
            told.Select(frame => frame.Id is null).ShouldBe(events.Select(name => name != "gone"));
            await using var then = await FeedReader.Open(
                budi, transport, $"after={told[^2].Id}&follow={budi.Workspace}");
            await budi.CreateItem("His");
            (await then.Next()).Kind.ShouldBe("item_created");
        }
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task A_removed_member_hears_that_and_nothing_after_it(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await using var reader = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");

        await ana.CreateItem("Seen");
        await Remove(app, ana, budi);
        await ana.CreateItem("Secret");

        (await reader.Rest()).Select(frame => frame.Event).ShouldBe(["entry", "gone", "close"]);
        await using var again = await FeedReader.Open(budi, transport, $"after={reader.Hello!.Id}");
        (await again.Rest()).Select(frame => frame.Event).ShouldBe(["gone", "close"]);
        (await budi.Get($"/api/feed?follow={ana.Workspace}&wait=0")).ShouldBeProblem(404, "not_found");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Who_was_removed_and_is_a_member_again_reads_past_it(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await Remove(app, ana, budi);
        await ana.Admit(budi);
        await using var reader = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}&after=start");
        (await reader.NextSeqs(3)).ShouldBe([1, 2, 3]);
        await ana.CreateItem("Seen");
        (await reader.Next()).Seq.ShouldBe(4);
        await Remove(app, ana, budi);
        (await reader.Next("gone")).Data.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
    }

    [Theory, Databases]
    public async Task One_turned_back_to_before_a_workspace_was_made_says_that_it_is_gone(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        (await app.Entries(lab)).ShouldNotBeEmpty();
        await using var reader = await FeedReader.Open(ana, Transport.EventStream, $"follow={lab}");
        await app.Database.Write(Actor.Program, async tx =>
        {
            string[] rows =
            [
                "room where workspace_id", "place where workspace_id", "member where workspace_id",
                "entry where feed_id",
                "notification_due where feed_id", "workspace where id", "feed where id",
            ];
            foreach (var row in rows) await tx.Execute($"delete from {row} = @Lab", new { Lab = lab });
            return 0;
        }, Cancellation);

        (await reader.Next("gone")).Data.GetProperty("workspace").GetInt64().ShouldBe(lab);
        (await reader.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("gone");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task One_turned_back_and_written_beyond_where_it_was_is_told_too(
        TestDatabase database, Transport transport)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 3; n++) await ana.CreateItem("Thing");
        await using var reader = await FeedReader.Open(ana, transport);

        await GoBackAndOn(app.Database, ana);
        (await reader.Next("reset")).Data.GetProperty("reason").GetString().ShouldBe("epoch_changed");
        await ana.CreateItem("After");
        (await reader.Next()).Seq.ShouldBe(5);

        // Another process makes the same change, so this process learns of the change only through the database.
        await using var other = app.OpenDatabase();
        await other.Migrate(Cancellation);
        await GoBackAndOn(other, ana);
        (await reader.Next("reset")).Data.GetProperty("reason").GetString().ShouldBe("epoch_changed");
        await ana.CreateItem("After");
        (await reader.Next()).Seq.ShouldBe(7);
    }

    /// <summary>
    /// Simulates a failover to a standby that lacks the last two entries, immediately followed by three new entries.
    /// </summary>
    private static Task<int> GoBackAndOn(Database database, Person ana) =>
        database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            var gone = await tx.Execute(
                "delete from entry where feed_id = @Feed and seq > (select head - 2 from feed where id = @Feed)",
                new { Feed = ana.Workspace });
            await tx.Execute("update feed set head = head - 2 where id = @Feed", new { Feed = ana.Workspace });
            for (var n = 0; n < 3; n++)
                await CreateItem.Apply(
                    tx, ana.Workspace, new CreateItem.Request(new ItemDetails("Other", "", "", null), 0));
            return gone;
        }, Cancellation);

    [Theory, Databases]
    public async Task Each_workspace_has_the_feed_at_its_own_address_as_well(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.CreateItem("Hers");
        await budi.CreateItem("His");

        var poll = await budi.Get($"/api/w/{ana.Workspace}/feed?after=start&wait=0");
        poll.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("workspace").GetInt64())
            .Distinct().ShouldBe([ana.Workspace]);
    }

    /// <summary>
    /// The server checks every second whether a heartbeat is due. A late check must not delay the following heartbeats.
    /// </summary>
    [Fact, Trait("Length", "long")]
    public async Task A_heartbeat_comes_each_fifteen_seconds_and_not_sixteen()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        var gaps = new List<TimeSpan>();
        await foreach (var frame in FeedReader.Frames(
            ana, Transport.EventStream, "", TestContext.Current.CancellationToken))
        {
            if (frame.Event == "heartbeat") gaps.Add(watch.Elapsed - last);
            if (frame.Event is "heartbeat" or "hello") last = watch.Elapsed;
            if (gaps.Count == 3) break;
        }
        gaps.Min(gap => Math.Abs(gap.TotalSeconds - 15)).ShouldBeLessThan(0.3);
        gaps.ShouldAllBe(gap => gap.TotalSeconds > 14.3 && gap.TotalSeconds < 15.7);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Followed_together_workspaces_come_over_one_connection(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await using var reader = await FeedReader.Open(budi, transport, $"follow={ana.Workspace},{budi.Workspace}");
        await ana.CreateItem("Hers");
        (await reader.Next()).Data.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
        await budi.CreateItem("His");
        (await reader.Next()).Data.GetProperty("workspace").GetInt64().ShouldBe(budi.Workspace);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task The_inbox_comes_along_and_is_nobody_elses(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await using var hers = await FeedReader.Open(ana, transport);
        await using var his = await FeedReader.Open(budi, transport);
        var inbox = await app.Database.Read(connection => connection.First<long>(
            "select inbox_id from account where id = @Id", new { ana.Id }), Cancellation);
        await app.Database.Write(Actor.Program, tx =>
        {
            tx.Record(new Change(inbox, "item_starred", "item", 1, 1, "{}"));
            return Task.FromResult(0);
        }, Cancellation);

        (await hers.Next("inbox")).Data.GetProperty("workspace").ValueKind.ShouldBe(JsonValueKind.Null);
        await budi.CreateItem("His own");
        (await his.Next()).Kind.ShouldBe("item_created");
        (await budi.Get($"/api/feed?follow={inbox}&wait=0")).ShouldBeProblem(404, "not_found");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Who_signs_out_or_meets_the_end_of_the_program_is_told(TestDatabase database, Transport transport)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await using var reader = await FeedReader.Open(ana, transport);
        var stopping = app.Restart();
        (await reader.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("stopping");
        (await reader.Rest()).ShouldBeEmpty();
        await using var restarted = await stopping.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        await using var again = await FeedReader.Open(restarted.As(ana), transport);
        await restarted.As(ana).Post("/api/logout");
        (await again.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("signed_out");
    }

    private static Task<int> Remove(TestApp app, Person owner, Person member) =>
        app.Database.Write(new Actor(owner.Id, owner.Name), tx =>
        {
            tx.Record(new Change(owner.Workspace, "member_removed", "account", member.Id, 1, "{}"));
            return tx.Execute(
                "delete from member where workspace_id = @Workspace and account_id = @Account",
                new { owner.Workspace, Account = member.Id });
        }, Cancellation);
}
