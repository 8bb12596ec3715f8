using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>
/// Loads entries from the database into ring buffers: when a ring starts, and when entries are missing.
/// </summary>
internal sealed partial class RingLoader(FeedLog feeds, RingMemory memory, ILogger<RingLoader> log)
{
    public FeedRing Make(long feed, bool isInbox) => new(feed, isInbox, memory);

    public void Drop(FeedRing ring) => memory.Drop(ring);

    /// <summary>
    /// Compares a ring with the feed's head in the database. Loads the missing entries if the database has more
    /// entries. Restarts the ring if a backup was restored: the database then has fewer entries, or its latest entry
    /// has another <c>Mark</c> (a random number).
    /// </summary>
    public async Task Compare(FeedRing ring, FeedHead head, CancellationToken cancellation)
    {
        var (known, mark) = (ring.Head, ring.Mark);
        if (known < 0 || head.Seq == known && head.Mark == mark) return;
        if (head.Seq > known)
        {
            Fill(ring);
            return;
        }
        // An entry may have been appended to the ring after the head was read. Read the head again before a restart.
        var again = (await feeds.Heads([ring.Feed], cancellation))[0];
        if (ring.Head == known && (again.Seq < known || again.Seq == known && again.Mark != mark)) await Start(ring);
    }

    /// <summary>Starts a ring on another thread, because the caller may hold a lock.</summary>
    public Task Begin(FeedRing ring) => Task.Run(() => Start(ring), CancellationToken.None);

    public async Task Start(FeedRing ring)
    {
        var head = (await feeds.Heads([ring.Feed], CancellationToken.None))[0];
        // The ring of an inbox starts without entries: an inbox has only one reader, who rarely needs earlier entries.
        var latest = ring.IsInbox ? [] : await feeds.Before(ring.Feed, head.Seq, CancellationToken.None);
        ring.Start(head.Seq, head.Mark, Enumerable.Reverse(latest));
        ring.Subscribers.Wake();
        // Load the entries that were committed during the start: the ring did not accept them before it had started.
        Fill(ring);
    }

    /// <summary>
    /// Loads entries until the ring reaches a head that a new subscriber has read from the database. The subscriber
    /// then misses no entry up to this head. Some of these entries may report that earlier entries were overwritten in
    /// the database. The ring then drops its copies of the overwritten entries.
    /// </summary>
    public async Task CatchUp(FeedRing ring, long head)
    {
        while (ring.Head < head && await FillMore(ring)) ring.Subscribers.Wake();
    }

    /// <summary>
    /// Loads the missing entries in the background. If a load is already running, it looks for new entries one more
    /// time before it ends.
    /// </summary>
    public void Fill(FeedRing ring)
    {
        if (ring.Head >= 0 && Interlocked.Increment(ref ring.Fills) == 1) _ = Task.Run(() => FillNow(ring));
    }

    private async Task FillNow(FeedRing ring)
    {
        try
        {
            int calls;
            do
            {
                calls = Volatile.Read(ref ring.Fills);
                while (await FillMore(ring)) ring.Subscribers.Wake();
            }
            while (Interlocked.CompareExchange(ref ring.Fills, 0, calls) != calls);
        }
        catch (Exception e)
        {
            // The broadcaster compares the ring with the database every second, and will start another load.
            Volatile.Write(ref ring.Fills, 0);
            LogBlind(e);
        }
    }

    /// <returns>True if new entries were loaded. The database may have more new entries.</returns>
    private async Task<bool> FillMore(FeedRing ring)
    {
        // The query includes the ring's last entry. If its Mark (a random number) has changed, a backup was restored.
        var last = ring.Head;
        foreach (var entry in await feeds.After(ring.Feed, last - 1, CancellationToken.None))
            ring.Append(entry);
        if (ring.HasDiverged) await Start(ring);
        return ring.Head > last;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed cannot be read now; it is tried again in a second.")]
    public partial void LogBlind(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A reader of the feed could not be looked after.")]
    public partial void LogUnchecked(Exception e);
}
