using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Pacil.Data;
using Pacil.Log;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>Loading a ring from the database, without a server: nothing else calls the loader.</summary>
public sealed class RingLoaderTests
{
    private const long Feed = Entry.Administration;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_ring_starts_at_the_head_with_the_latest_entries_and_an_inbox_with_none(TestDatabase kind)
    {
        await using var world = await World.Make(kind);
        await world.Write(FeedLog.PageSize + 20);

        var ring = await world.Start();

        ring.Head.ShouldBe(FeedLog.PageSize + 20);
        ring.Find(21)!.Seq.ShouldBe(21);
        ring.Find(20).ShouldBeNull();
        var inbox = await world.Start(isInbox: true);
        (inbox.Head, inbox.Bytes).ShouldBe((ring.Head, 0));
    }

    [Theory, Databases]
    public async Task What_a_ring_has_missed_is_loaded_page_by_page(TestDatabase kind)
    {
        await using var world = await World.Make(kind);
        var ring = await world.Start();
        await world.Write(2 * FeedLog.PageSize + 20);

        await world.Loader.CatchUp(ring, head: FeedLog.PageSize);
        ring.Head.ShouldBeInRange(FeedLog.PageSize, 2 * FeedLog.PageSize, "and no more than the caller needs");
        world.Loader.Fill(ring);

        await Until(() => ring.Head == 2 * FeedLog.PageSize + 20);
        for (var seq = 1L; seq <= ring.Head; seq++) ring.Find(seq)!.Seq.ShouldBe(seq);
        ring.Generation.ShouldBe(0);
    }

    [Theory, Databases]
    public async Task A_comparison_loads_what_is_missing_and_leaves_alone_what_is_equal(TestDatabase kind)
    {
        await using var world = await World.Make(kind);
        await world.Write(3);
        var ring = await world.Start();
        await world.Compare(ring);
        (ring.Head, ring.Generation, ring.Fills).ShouldBe((3, 0, 0));

        await world.Write(2);
        await world.Compare(ring);
        await Until(() => ring.Head == 5);
        ring.Generation.ShouldBe(0);
    }

    [Theory, Databases]
    public async Task A_restored_backup_restarts_the_ring(TestDatabase kind)
    {
        await using var world = await World.Make(kind);
        await world.Write(5);
        var (shorter, longer, equal) = (await world.Start(), await world.Start(), await world.Start());
        await world.Restore(head: 3);
        await world.Compare(shorter);
        (shorter.Head, shorter.Generation).ShouldBe((3, 1));
        shorter.Find(4).ShouldBeNull();

        await world.Write(2);
        var other = await world.Head();
        other.Seq.ShouldBe(5);
        other.Mark.ShouldNotBe(equal.Mark);
        await world.Compare(equal);
        (equal.Head, equal.Mark, equal.Generation).ShouldBe((5, other.Mark, 1));

        // This ring finds the difference when it loads the entries after its own last entry.
        await world.Write(2);
        await world.Loader.CatchUp(longer, head: 7);
        (longer.Head, longer.Generation, longer.HasDiverged).ShouldBe((7, 1, false));
        longer.Find(5)!.Mark.ShouldBe(other.Mark);
    }

    private static async Task Until(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        for (; !isSo(); await Task.Delay(5, Cancellation)) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    /// <summary>A database with the administrators' feed, and a loader that reads it.</summary>
    private sealed record World(DataFixture Place, Database Database, FeedLog Log, RingLoader Loader) : IAsyncDisposable
    {
        public static async Task<World> Make(TestDatabase kind)
        {
            var place = await DataFixture.Make(kind, isEmpty: false);
            var database = place.Open();
            await database.Migrate(Cancellation);
            var log = new FeedLog(database, new PageMemory());
            var memory = new RingMemory(RingMemory.BytesMax);
            return new World(place, database, log, new RingLoader(log, memory, NullLogger<RingLoader>.Instance));
        }

        public async Task<FeedRing> Start(bool isInbox = false)
        {
            var ring = Loader.Make(Feed, isInbox);
            await Loader.Start(ring);
            await Until(() => Volatile.Read(ref ring.Fills) == 0);
            return ring;
        }

        public async Task<FeedHead> Head() => (await Log.Heads([Feed], Cancellation))[0];

        public async Task Compare(FeedRing ring) => await Loader.Compare(ring, await Head(), Cancellation);

        public Task<int> Write(int count) => Database.Write(Actor.Program, tx =>
        {
            for (var n = 0; n < count; n++) tx.Record(new Change(Feed, "account_locked", "account", 1, 1, "{}"));
            return Task.FromResult(count);
        }, Cancellation);

        /// <summary>Puts the feed back to an earlier head, as a restored backup does.</summary>
        public Task<int> Restore(long head) => Database.Write(Actor.Program, async tx =>
        {
            await tx.Execute("delete from entry where feed_id = @Feed and seq > @Head", new { Feed, Head = head });
            return await tx.Execute(
                """
                update feed
                set head = @Head, mark = (select mark from entry where feed_id = @Feed and seq = @Head)
                where id = @Feed
                """, new { Feed, Head = head });
        }, Cancellation);

        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            Log.Pages.Dispose();
            await Place.DisposeAsync();
        }
    }
}
