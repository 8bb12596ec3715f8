namespace Pacil.Feed;

/// <summary>
/// Reads feeds for one connection: a position in each and a signal, no queue of its own. It reads the shared rings;
/// entries that have left the ring come from the database, one page at a time.
/// </summary>
internal sealed partial class FeedSubscriber(
    Broadcaster broadcaster, FeedLog log, long account, ConnectionPresence visit) : IDisposable
{
    private readonly List<FeedPosition> places = [];
    private FeedPage? page;

    /// <summary>The position that is read first; they take turns, page by page.</summary>
    private int turn;

    public AsyncSignal Signal { get; } = new();

    /// <summary>Called each second with the clock's timestamp: sends heartbeats and aborts stuck connections.</summary>
    public Action<TimeProvider, long>? Ticked { get; set; }

    public IReadOnlyList<FeedPosition> Places => places;

    /// <summary>The locations that the connection has reported.</summary>
    public ConnectionPresence Visit => visit;

    /// <summary>
    /// Starts to follow a feed at a position, or at its head where none is given. A feed that is followed already goes
    /// on from where it is.
    /// </summary>
    /// <param name="seq">Null: from now on.</param>
    /// <returns>Why the position is not valid, and the subscriber starts at the head; null where it is.</returns>
    public async Task<(bool IsFound, string? Reset)> Follow(
        long feed, bool isInbox, (long Seq, int Mark)? from, bool isOtherEpoch, CancellationToken cancellation)
    {
        if (places.Exists(place => place.Ring.Feed == feed)) return (true, null);
        var standing = await log.Find(feed, from?.Seq ?? 0, account, cancellation);
        if (standing is null) return (false, null);
        // From here on the ring takes new entries; those since the query above it has or loads.
        var place = new FeedPosition(await broadcaster.Join(this, feed, isInbox, standing.Head, cancellation));
        places.Add(place);
        var reset = from is null ? null : isOtherEpoch ? "epoch_changed" : FindMismatch(from.Value, standing);
        (place.Seq, place.Mark) = from is { } known && reset is null ? known : (standing.Head, standing.Mark);
        place.Generation = place.Ring.Generation;
        place.People = visit.Enter(place.Ring);
        return (true, reset);
    }

    /// <summary>Finds the next entry of any feed.</summary>
    public ReadResult Next(out FeedPosition place, out RingEntry entry)
    {
        entry = null!;
        for (var n = 0; n < places.Count; n++)
        {
            var at = (turn + n) % places.Count;
            var candidate = place = places[at];
            var ring = candidate.Ring;
            var isMore = candidate.Seq < ring.Head;
            var found = isMore ? FromRing(candidate) ?? FromPage(candidate) : null;
            // Checked last: the entry found may already belong to another history.
            if (ring.Generation != candidate.Generation) return ReadResult.Moved;
            if (!isMore) continue;
            if (found is null)
            {
                // Finish the page in hand first: reading another feed's page would replace it.
                turn = at;
                return ReadResult.Behind;
            }
            if (found.RevokesAccess == account && found.Seq != candidate.AccessRecheckedAt) return ReadResult.Gone;
            (candidate.Seq, candidate.Mark, entry) = (found.Seq, found.Mark, found);
            if (EndPage(candidate)) turn = at + 1;
            return ReadResult.Entry;
        }
        place = null!;
        return ReadResult.Idle;
    }

    /// <summary>The next presence frame of any workspace.</summary>
    /// <returns>Null where there is none.</returns>
    public PresenceFrame? News()
    {
        foreach (var place in places)
            if (place.People?.Next(ref place.PresenceRead, account) is { } frame) return frame;
        return null;
    }

    /// <summary>Who is in each workspace, up to a limit in all; later changes come as frames.</summary>
    public List<byte[]> Here()
    {
        var here = new List<byte[]>();
        foreach (var place in places)
        {
            var rest = 2 * PresenceFrame.HereBytesMax - here.Sum(one => one.Length);
            if (place.People?.Here(Math.Min(rest, PresenceFrame.HereBytesMax)) is not { } now) continue;
            place.PresenceRead = now.Number;
            here.Add(now.Data);
        }
        return here;
    }

    /// <summary>The position in a workspace, or in the first one followed; null where it is not followed.</summary>
    public FeedPosition? Workspace(long? id) =>
        places.Find(place => place.Ring.IsWorkspace && place.Ring.Feed == (id ?? place.Ring.Feed));

    /// <summary>The position in a feed; the beginning where it is not followed.</summary>
    public (long Seq, int Mark) Reached(long feed) =>
        places.Find(place => place.Ring.Feed == feed) is { } found ? (found.Seq, found.Mark) : default;

    /// <summary>The number of workspaces it would follow with these.</summary>
    public int WorkspacesWith(IEnumerable<long> more) =>
        places.Where(place => !place.Ring.IsInbox).Select(place => place.Ring.Feed).Union(more).Count();

    /// <summary>Keeps the first so many positions and drops the rest.</summary>
    public void Keep(int count)
    {
        foreach (var place in places[count..]) Leave(place);
        places.RemoveRange(count, places.Count - count);
    }

    public void Check(TimeProvider time, long now) => Ticked?.Invoke(time, now);

    public void Dispose()
    {
        Ticked = null;
        Keep(0);
    }

    private void Leave(FeedPosition place)
    {
        GiveBack();
        visit.Leave(place.Ring);
        broadcaster.Leave(this, place.Ring);
    }
}
