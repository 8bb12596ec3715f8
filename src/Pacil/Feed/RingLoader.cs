namespace Pacil.Feed;

/// <summary>Brings rings to where the database is: at the beginning, and where they have missed something.</summary>
internal sealed partial class RingLoader(FeedLog feeds, RingMemory memory, ILogger<RingLoader> log)
{
    public FeedRing Make(long feed, bool isInbox) => new(feed, isInbox, memory);

    /// <summary>Nobody follows it any more.</summary>
    public void Drop(FeedRing ring) => memory.Drop(ring);

    /// <summary>
    /// Further on: fill. Back, or elsewhere at the same number: this is another history of the database.
    /// </summary>
    public async Task Compare(FeedRing ring, FeedLog.Head head, CancellationToken cancellation)
    {
        var (known, mark) = (ring.Head, ring.Mark);
        if (known < 0 || head.Seq == known && head.Mark == mark) return;
        if (head.Seq > known)
        {
            Fill(ring);
            return;
        }
        // What was read before an entry came is older than the ring, and no sign of anything: look again.
        var again = (await feeds.Heads([ring.Feed], cancellation))[0];
        if (ring.Head == known && (again.Seq < known || again.Seq == known && again.Mark != mark)) await Start(ring);
    }

    /// <summary>Starts a ring, on another thread: whoever asks may hold up everybody else who comes or goes.</summary>
    public Task Begin(FeedRing ring) => Task.Run(() => Start(ring), CancellationToken.None);

    /// <summary>Puts a ring where its feed ends, with the entries that lead there.</summary>
    public async Task Start(FeedRing ring)
    {
        var head = (await feeds.Heads([ring.Feed], CancellationToken.None))[0];
        // An inbox has one reader, who is seldom behind.
        var latest = ring.IsInbox ? [] : await feeds.Before(ring.Feed, head.Seq, CancellationToken.None);
        ring.Start(head.Seq, head.Mark, Enumerable.Reverse(latest));
        ring.Subscribers.Wake();
        // Whatever was announced meanwhile found no ring to be put in.
        Fill(ring);
    }

    /// <summary>
    /// Reads on at once to where somebody has seen that the feed ends: whoever comes then reads nothing that has been
    /// overwritten by now, and all that they know of.
    /// </summary>
    public async Task CatchUp(FeedRing ring, long head)
    {
        while (ring.Head < head && await FillMore(ring)) ring.Subscribers.Wake();
    }

    /// <summary>Reads what is missing; a call while it does so makes it look once more.</summary>
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
            // The next second looks again.
            Volatile.Write(ref ring.Fills, 0);
            LogBlind(e);
        }
    }

    /// <returns>Whether there was something, so that there may be more.</returns>
    private async Task<bool> FillMore(FeedRing ring)
    {
        // The last one it has comes along: where that is another by now, so is the history.
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
