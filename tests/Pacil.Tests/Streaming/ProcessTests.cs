using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Items;
using Pacil.Log;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>Several server processes on one database, and the shutdown of a process with many open streams.</summary>
[Collection<SerialTests>]
public sealed class ProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task What_another_process_writes_without_a_word_arrives_within_two_seconds(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await using var reader = await FeedReader.Open(ana, Transport.EventStream);
        // Opens the same data as a second process would. This second process does not listen for signals, so its write
        // sends no signal.
        await using var other = app.OpenDatabase();
        await other.Migrate(Cancellation);
        var watch = Stopwatch.StartNew();
        await other.Write(new Actor(ana.Id, ana.Name), tx => CreateItem.Apply(
            tx, ana.Workspace, new CreateItem.Request(new ItemDetails("From elsewhere", "", "", null), 1)),
            Cancellation);

        (await reader.Next()).Seq.ShouldBe(1);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        // This process continues the numbering after the entry of the other process.
        await ana.CreateItem("From here");
        (await reader.Next()).Seq.ShouldBe(2);
    }

    [Theory, MemberData(nameof(FeedTests.Streams), MemberType = typeof(FeedTests))]
    public async Task A_database_turned_back_under_an_open_stream_is_told_within_two_seconds(
        TestDatabase database, Transport transport)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        for (var n = 0; n < 3; n++) await ana.CreateItem("Thing");
        await using var reader = await FeedReader.Open(ana, transport);
        var watch = Stopwatch.StartNew();
        await app.Database.Write(Actor.Program, async tx =>
            await tx.Execute("delete from entry where feed_id = @Feed and seq > 1", new { Feed = ana.Workspace })
            + await tx.Execute(
                "update feed set head = 1, mark = (select mark from entry where feed_id = @Feed and seq = 1) "
                + "where id = @Feed",
                new { Feed = ana.Workspace }), Cancellation);

        (await reader.Next("reset")).Data.GetProperty("reason").GetString().ShouldBe("ahead");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2.5));
        await ana.CreateItem("After");
        (await reader.Next()).Seq.ShouldBe(2);
    }

    [Theory, Databases]
    public async Task What_another_process_has_just_deleted_is_told_to_nobody_who_comes(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await using var other = app.OpenDatabase();
        await other.Migrate(Cancellation);
        var before = (await ana.Get("/api/items")).Header("Feed-Cursor");
        // While a subscriber follows the feed, this process has the latest entries of the feed in memory.
        await using var reader = await FeedReader.Open(ana, Transport.EventStream);
        var said = await ana.Post("/api/rooms/lobby/messages", new { text = "Take this back" });
        await reader.Next();
        await other.Write(
            new Actor(ana.Id, ana.Name),
            async tx =>
            {
                await tx.Redact(
                    ana.Workspace, MessagePosted.Kind, said.Json.GetProperty("id").GetInt64(), 2,
                    seqs => new MessageRedacted(seqs));
                return 0;
            }, Cancellation);

        var poll = await ana.Get($"/api/feed?wait=0&after={before}");
        poll.Text.ShouldNotContain("Take this back");
        poll.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString())
            .ShouldBe(["message_posted", "message_redacted"]);
    }

    [Fact]
    public async Task On_one_server_processes_tell_each_other_at_once_and_again_after_their_connections_are_killed()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var place = await DataFixture.Make(TestDatabase.Postgres);
        await using var one = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        await using var two = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var here = await one.SignIn("ana");
        await using var reader = await FeedReader.Open(new Person(two.Address, here), Transport.WebSocket);
        await here.CreateItem("Warm");
        await reader.Next();

        var waits = new List<double>();
        for (var n = 0; n < 20; n++)
        {
            var watch = Stopwatch.StartNew();
            await here.CreateItem("Told");
            await reader.Next();
            waits.Add(watch.Elapsed.TotalMilliseconds);
        }
        waits.Order().ElementAt(10).ShouldBeLessThan(200, "by notification, not by the poll of each second");

        await FaultInjection.Deafen(place.Postgres!);
        var lost = Stopwatch.StartNew();
        await here.CreateItem("Nobody tells");
        (await reader.Next()).Seq.ShouldBe(22);
        lost.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory, InlineData(Transport.EventStream), InlineData(Transport.WebSocket)]
    public async Task On_one_server_what_ends_in_one_process_ends_the_streams_of_the_other(Transport transport)
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var place = await DataFixture.Make(TestDatabase.Postgres);
        await using var one = await PacilProcess.Start(place.Folder, [.. place.Options]);
        await using var two = await PacilProcess.Start(place.Folder, [.. place.Options]);
        var ana = await one.SignIn("ana");
        await using var reader = await FeedReader.Open(new Person(two.Address, ana), transport);

        var watch = Stopwatch.StartNew();
        await ana.Post("/api/logout");

        (await reader.Next("close")).Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "by what the other says, not at the next heartbeat");
    }

    [Theory, Databases, Trait("Length", "long")]
    public async Task A_thousand_streams_hold_up_no_stop_and_lose_nothing_by_it(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        await using var pacil = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var ana = await pacil.SignIn("ana");
        var readers = await Open(ana, Enumerable.Repeat("", 1000));
        await ana.CreateItem("One");
        var cursors = await Task.WhenAll(readers.Select(async reader => (await reader.Next()).Id!));

        var watch = Stopwatch.StartNew();
        (await pacil.Terminate()).ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        foreach (var reader in readers) (await reader.Rest()).Select(frame => frame.Event).ShouldBe(["close"]);
        await pacil.Restart();
        await ana.CreateItem("Two");
        var again = await Open(ana, cursors.Select(cursor => $"after={cursor}"));
        foreach (var reader in again) (await reader.Next()).Seq.ShouldBe(2);
        foreach (var reader in again) await reader.DisposeAsync();
    }

    [Theory, InlineData(Transport.EventStream), InlineData(Transport.WebSocket), Trait("Length", "long")]
    public async Task Whoever_reads_nothing_is_cut_off_and_holds_nothing(Transport transport)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" });
        var ana = await app.SignIn();
        await app.Fill(ana, 20_000, n => $"Thing {n} {new string('x', 100)}");
        using var stuck = await FaultInjection.NeverRead(ana, transport);

        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        while (broadcaster.SubscriberCount == 0) await Task.Delay(10, Cancellation);
        var watch = Stopwatch.StartNew();
        while (broadcaster.SubscriberCount > 0 && watch.Elapsed < TimeSpan.FromSeconds(60))
            await Task.Delay(100, Cancellation);
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(40));
    }

    [Theory, InlineData(Transport.EventStream), InlineData(Transport.WebSocket)]
    public async Task Whoever_reads_nothing_holds_up_no_stop(Transport transport)
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.Start(place.Folder);
        var ana = await pacil.SignIn("ana");
        await using (var database = place.Open())
            await FaultInjection.FillFeed(database, ana);
        using var stuck = await FaultInjection.NeverRead(ana, transport);
        // When this reader has received all entries, the server has also filled all buffers of the client that reads
        // nothing.
        await using var reader = await FeedReader.Open(ana, transport, "after=start");
        await reader.NextSeqs(2000);

        var watch = Stopwatch.StartNew();
        (await pacil.Terminate()).ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Whoever_is_still_catching_up_is_told_that_the_program_ends()
    {
        var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana);
        using var client = await FaultInjection.NeverRead(ana, Transport.EventStream, ahead: 1 << 20);
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadAsync(new char[1], Cancellation)).ShouldBe(1);

        var stopping = app.Restart();
        var text = await reader.ReadToEndAsync(Cancellation);
        text.ShouldContain("""{"reason":"stopping"}""");
        text.Split("\"kind\":\"item_changed\"").Length.ShouldBeLessThan(2000, "what is left is not told before");
        await (await stopping).DisposeAsync();
    }

    private static async Task<List<FeedReader>> Open(Person person, IEnumerable<string> queries)
    {
        var readers = new List<FeedReader>();
        foreach (var some in queries.Chunk(50))
            readers.AddRange(
                await Task.WhenAll(some.Select(query => FeedReader.Open(person, Transport.EventStream, query))));
        return readers;
    }
}
