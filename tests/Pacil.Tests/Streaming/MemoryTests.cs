using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Log;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>Checks the memory limits of the feed, for entries of any size and for clients of any speed.</summary>
public sealed class MemoryTests
{
    public const int Wide = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_ring_of_wide_entries_stays_within_its_bytes_and_loses_none_of_them(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var readers = await Task.WhenAll(
            Enum.GetValues<Transport>().Select(transport => FeedReader.Open(ana, transport, "after=start")));
        for (var n = 0; n < 4; n++) await FaultInjection.FillFeed(app.Database, ana, 50, Wide);

        foreach (var reader in readers)
            (await reader.NextSeqs(200)).ShouldBe(Enumerable.Range(1, 200).Select(seq => (long)seq));
        app.Services.GetRequiredService<RingMemory>().Bytes.ShouldBeInRange(FeedRing.BytesMax / 2, FeedRing.BytesMax);
        foreach (var reader in readers) await reader.DisposeAsync();
        await Until(() => app.Services.GetRequiredService<RingMemory>().Bytes == 0);
    }

    [Fact]
    public void Where_all_rings_hold_too_much_the_one_that_heard_nothing_for_longest_gives_up_its_entries()
    {
        var memory = new RingMemory(200_000);
        FeedRing[] rings = [.. Enumerable.Range(1, 3).Select(feed => new FeedRing(feed, isInbox: false, memory))];
        foreach (var ring in rings) ring.Start(0, 0, []);
        foreach (var (feed, seq) in new[] { (1, 1), (2, 1), (1, 2), (3, 1) })
            rings[feed - 1].Append(Entry(feed, seq)).ShouldBeTrue();

        rings.Select(ring => ring.Find(1) is not null).ShouldBe([true, false, true]);
        rings[1].Head.ShouldBe(1);
        memory.Bytes.ShouldBeInRange(3 * Wide, 200_000);
        // The emptied ring buffer accepts the next entry, and another ring buffer releases its memory.
        rings[1].Append(Entry(2, 2)).ShouldBeTrue();
        rings.Select(ring => ring.Bytes > 0).ShouldBe([false, true, true]);
        foreach (var ring in rings) memory.Drop(ring);
        memory.Bytes.ShouldBe(0);
        rings[1].Append(Entry(2, 3)).ShouldBeTrue();
        memory.Bytes.ShouldBe(0);
    }

    [Theory, Databases]
    public async Task Who_catches_up_waits_for_a_page_to_be_free_and_who_is_slow_gives_theirs_back(
        TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana, 150);
        var pages = app.Services.GetRequiredService<PageMemory>();
        using var slow = await FromTheBeginning(app, ana);
        using var other = await FromTheBeginning(app, ana);
        await Read(slow, upTo: 2);
        var taken = new List<FeedPage>();
        while (!pages.IsShort) taken.Add(await pages.Take(other.Positions[0]));

        var waiting = Read(other, upTo: 150);
        waiting.IsCompleted.ShouldBeFalse();
        slow.Share();
        (await waiting).ShouldBe(Enumerable.Range(1, 150).Select(seq => (long)seq));
        // The slow subscriber has given up its page of entries, so it reads the rest of that page from the database
        // again. No entry arrives twice.
        (await Read(slow, upTo: 150)).ShouldBe(Enumerable.Range(3, 148).Select(seq => (long)seq));
        foreach (var page in taken) page.Dispose();
    }

    [Theory, Databases]
    public async Task A_poll_of_wide_entries_answers_some_of_them_and_the_next_goes_on(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana, 60, Wide);

        var (cursor, seqs) = ("start", new List<long>());
        for (var polls = 1; seqs.Count < 60; polls++)
        {
            var poll = await ana.Get($"/api/feed?wait=0&after={cursor}");
            poll.Text.Length.ShouldBeLessThan(1024 * 1024 + 2 * Wide);
            seqs.AddRange(
                poll.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()));
            cursor = poll.Json.GetProperty("cursor").GetString()!;
            polls.ShouldBeLessThan(6);
        }
        seqs.ShouldBe(Enumerable.Range(1, 60).Select(seq => (long)seq));
        var last = await ana.Get($"/api/feed?wait=0&after={cursor}");
        last.Header("Content-Length").ShouldBe($"{last.Text.Length}", "a short answer comes whole");
    }

    [Theory, InlineData(Transport.EventStream), InlineData(Transport.WebSocket)]
    public async Task A_stream_that_hardly_reads_is_cut_off_as_well(Transport transport)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana, 500, Wide);
        using var stuck = await FaultInjection.NeverRead(ana, transport);
        await Begins(stuck);

        await AfterHalfAMinute(app, subscribers: 1);
    }

    [Theory, Databases]
    public async Task Polls_at_the_end_of_the_program_are_not_waited_for(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana, 100, Wide);
        using var stuck = await FaultInjection.NeverRead(ana, Transport.LongPoll);
        await Begins(stuck);
        await Stalls(app, ana);

        var watch = Stopwatch.StartNew();
        await using var again = await app.Restart();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    /// <summary>
    /// Runs the periodic check of every subscriber as if 15 seconds had passed, and then as if 35 seconds had passed.
    /// The first check must disconnect no subscriber, and the second check must disconnect all of them.
    /// </summary>
    internal static async Task AfterHalfAMinute(TestApp app, int subscribers)
    {
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        LookIn(TimeSpan.FromSeconds(15)).ShouldBe(subscribers);
        await Until(() => LookIn(TimeSpan.FromSeconds(35)) == 0);

        int LookIn(TimeSpan time)
        {
            var then = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
            foreach (var subscriber in broadcaster.Subscribers.ToList()) subscriber.Check(TimeProvider.System, then);
            return broadcaster.SubscriberCount;
        }
    }

    /// <summary>
    /// Waits until all buffers between the server and the client are full. Before that, the server could still end the
    /// response, and Kestrel would hold the rest of the response until the client disconnects.
    /// </summary>
    private static async Task Stalls(TestApp app, Person person)
    {
        var reader = app.Services.GetRequiredService<Broadcaster>().Subscribers.Single();
        long before;
        do
        {
            before = reader.Reached(person.Workspace).Seq;
            await Task.Delay(TimeSpan.FromSeconds(0.5), Cancellation);
        }
        while (reader.Reached(person.Workspace).Seq != before);
    }

    /// <summary>
    /// Waits until the client has received the first entries. Afterwards, the server waits for the client to read more.
    /// </summary>
    internal static async Task Begins(TcpClient client)
    {
        var buffer = new byte[2048];
        var text = "";
        while (!text.Contains("\"seq\":"))
        {
            var read = await client.GetStream().ReadAsync(buffer, Cancellation);
            read.ShouldBeGreaterThan(0, text);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    private static async Task<FeedSubscriber> FromTheBeginning(TestApp app, Person person)
    {
        var subscriber = app.Subscriber(person);
        await subscriber.Follow(person.Workspace, isInbox: false, (0, 0), isOtherEpoch: false, Cancellation);
        return subscriber;
    }

    private static async Task<List<long>> Read(FeedSubscriber subscriber, long upTo)
    {
        var seqs = new List<long>();
        while (subscriber.Positions[0].Seq < upTo)
            if (subscriber.Next(out var place, out var entry) is var step && step == ReadResult.Entry)
                seqs.Add(entry.Seq);
            else (await subscriber.Recover(step, place)).ShouldBeNull();
        return seqs;
    }

    private static Entry Entry(long feed, long seq) =>
        FeedEntry.Of(feed, seq, data: $$"""{"text": "{{new string('x', Wide)}}"}""");

    private static async Task Until(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        for (; !isSo(); await Task.Delay(20, Cancellation)) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
