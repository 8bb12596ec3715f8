namespace Pacil.Feed;

/// <summary>
/// One who follows some feeds: a place in each and a wake-up, never a queue. What it reads is shared; what is no
/// longer in memory comes from the database a page at a time, and is asked for again after it was written.
/// </summary>
internal sealed partial class FeedSubscriber(
    Broadcaster broadcaster, FeedLog log, long account, ConnectionPresence visit) : IDisposable
{
    private readonly List<FeedPosition> places = [];
    private FeedPage? page;

    /// <summary>The place that is looked at first; each in its turn, page by page.</summary>
    private int turn;

    public AsyncSignal Signal { get; } = new();

    /// <summary>Called each second with the clock's timestamp: for heartbeats, and to give up who is stuck.</summary>
    public Action<TimeProvider, long>? Ticked { get; set; }

    public IReadOnlyList<FeedPosition> Places => places;

    /// <summary>Where the connection says that its person is.</summary>
    public ConnectionPresence Visit => visit;

    /// <summary>
    /// Begins to follow at a place; at the end of the feed where the place is unknown. Whoever follows it already
    /// goes on from where they are.
    /// </summary>
    /// <param name="seq">Null: from now on.</param>
    /// <returns>Why it cannot go on from there; it then starts at the end.</returns>
    public async Task<(bool IsFound, string? Reset)> Follow(
        long feed, bool isInbox, (long Seq, int Mark)? from, bool isOtherEpoch, CancellationToken cancellation)
    {
        if (places.Exists(place => place.Ring.Feed == feed)) return (true, null);
        var standing = await log.Find(feed, from?.Seq ?? 0, account, cancellation);
        if (standing is null) return (false, null);
        // From the joining on, the ring takes whatever comes; what came since the look above, it has or fills.
        var place = new FeedPosition(await broadcaster.Join(this, feed, isInbox, standing.Head, cancellation));
        places.Add(place);
        var reset = from is null ? null : isOtherEpoch ? "epoch_changed" : FindMismatch(from.Value, standing);
        (place.Seq, place.Mark) = from is { } known && reset is null ? known : (standing.Head, standing.Mark);
        place.Generation = place.Ring.Generation;
        place.People = visit.Enter(place.Ring);
        return (true, reset);
    }

    /// <summary>Looks for the next entry of any feed.</summary>
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
            // Asked last: what was found may be of another history already.
            if (ring.Generation != candidate.Generation) return ReadResult.Moved;
            if (!isMore) continue;
            if (found is null)
            {
                // The page that is read now comes first, or another's would take its room before it is served.
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

    /// <summary>What has become of those who are here.</summary>
    /// <returns>Null where there is nothing new.</returns>
    public PresenceFrame? News()
    {
        foreach (var place in places)
            if (place.People?.Next(ref place.PresenceRead, account) is { } frame) return frame;
        return null;
    }

    /// <summary>Who is in each workspace, of all together not too much; what comes after it is news.</summary>
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

    /// <summary>How far it has read a workspace, or else the first one; null where it is not followed.</summary>
    public FeedPosition? Workspace(long? id) =>
        places.Find(place => place.Ring.IsWorkspace && place.Ring.Feed == (id ?? place.Ring.Feed));

    /// <summary>How far it has read a feed; the beginning where it does not follow it.</summary>
    public (long Seq, int Mark) Reached(long feed) =>
        places.Find(place => place.Ring.Feed == feed) is { } found ? (found.Seq, found.Mark) : default;

    /// <summary>How many workspaces it would follow with these.</summary>
    public int WorkspacesWith(IEnumerable<long> more) =>
        places.Where(place => !place.Ring.IsInbox).Select(place => place.Ring.Feed).Union(more).Count();

    /// <summary>Follows no more what it has come to follow since it had so many places.</summary>
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
