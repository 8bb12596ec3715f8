using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>Loads rings from the database: at their start, and where they have a hole.</summary>
internal sealed partial class RingLoader(FeedLog feeds, RingMemory memory, ILogger<RingLoader> log)
{
    public FeedRing Make(long feed, bool isInbox) => new(feed, isInbox, memory);

    public void Drop(FeedRing ring) => memory.Drop(ring);

    /// <summary>Loads the hole below a higher head. Restarts the ring if the head shows another history.</summary>
    public async Task Compare(FeedRing ring, FeedLog.Head head, CancellationToken cancellation)
    {
        var (known, mark) = (ring.Head, ring.Mark);
        if (known < 0 || head.Seq == known && head.Mark == mark) return;
        if (head.Seq > known)
        {
            Fill(ring);
            return;
        }
        // The head may be older than the ring, if an entry came after it was read: read it again.
        var again = (await feeds.Heads([ring.Feed], cancellation))[0];
        if (ring.Head == known && (again.Seq < known || again.Seq == known && again.Mark != mark)) await Start(ring);
    }

    /// <summary>Starts a ring on another thread: the caller may hold a lock that others wait for.</summary>
    public Task Begin(FeedRing ring) => Task.Run(() => Start(ring), CancellationToken.None);

    public async Task Start(FeedRing ring)
    {
        var head = (await feeds.Heads([ring.Feed], CancellationToken.None))[0];
        // An inbox has one reader, which is seldom behind.
        var latest = ring.IsInbox ? [] : await feeds.Before(ring.Feed, head.Seq, CancellationToken.None);
        ring.Start(head.Seq, head.Mark, Enumerable.Reverse(latest));
        ring.Subscribers.Wake();
        // The ring did not accept entries announced before it had started.
        Fill(ring);
    }

    /// <summary>
    /// Reads up to a head that a new subscriber has seen. The subscriber then misses no entry that it knows of, and
    /// reads none that has been overwritten since.
    /// </summary>
    public async Task CatchUp(FeedRing ring, long head)
    {
        while (ring.Head < head && await FillMore(ring)) ring.Subscribers.Wake();
    }

    /// <summary>Loads the missing entries in the background. A call during a load makes it check once more.</summary>
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
            // The check a second later tries again.
            Volatile.Write(ref ring.Fills, 0);
            LogBlind(e);
        }
    }

    /// <returns>Whether there were new entries, so that there may be more.</returns>
    private async Task<bool> FillMore(FeedRing ring)
    {
        // Reads the last known entry again: if its mark differs, the history does.
        var last = ring.Head;
        foreach (var entry in await feeds.After(ring.Feed, last - 1, CancellationToken.None))
            ring.Append(entry);
        if (ring.IsOther) await Start(ring);
        return ring.Head > last;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed cannot be read now; it is tried again in a second.")]
    public partial void LogBlind(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A reader of the feed could not be looked after.")]
    public partial void LogUnchecked(Exception e);
}
