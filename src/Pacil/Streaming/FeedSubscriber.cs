using Pacil.Log;
using Pacil.Streaming.Presence;

namespace Pacil.Streaming;

/// <summary>
/// Reads feeds for one connection. It has a position in each feed and one signal, but no queue: it reads the shared
/// rings. Entries that have left a ring come from the database, one page at a time.
/// </summary>
internal sealed partial class FeedSubscriber(
    Broadcaster broadcaster, FeedLog log, long account, ConnectionPresence visit) : IDisposable
{
    private readonly List<FeedPosition> places = [];
    private FeedPage? page;

    /// <summary>The index of the position that is read first. Positions take turns, page by page.</summary>
    private int turn;

    public AsyncSignal Signal { get; } = new();

    /// <summary>Called once a second with the clock's timestamp: for heartbeats and stuck connections.</summary>
    public Action<TimeProvider, long>? Ticked { get; set; }

    public IReadOnlyList<FeedPosition> Places => places;

    public ConnectionPresence Visit => visit;

    /// <summary>Follows a feed from a position. A feed that is followed already keeps its position.</summary>
    /// <param name="from">Null: from the head.</param>
    /// <returns><c>Reset</c>: why the position is not valid and the head is used instead; else null.</returns>
    public async Task<(bool IsFound, string? Reset)> Follow(
        long feed, bool isInbox, (long Seq, int Mark)? from, bool isOtherEpoch, CancellationToken cancellation)
    {
        if (places.Exists(place => place.Ring.Feed == feed)) return (true, null);
        var standing = await log.Find(feed, from?.Seq ?? 0, account, cancellation);
        if (standing is null) return (false, null);
        // The ring takes new entries from here on. Those since the query above it already has, or loads.
        var place = new FeedPosition(await broadcaster.Join(this, feed, isInbox, standing.Head, cancellation));
        places.Add(place);
        var reset = from is null ? null : isOtherEpoch ? "epoch_changed" : FindMismatch(from.Value, standing);
        (place.Seq, place.Mark) = from is { } known && reset is null ? known : (standing.Head, standing.Mark);
        place.Generation = place.Ring.Generation;
        place.People = visit.Enter(place.Ring);
        return (true, reset);
    }

    /// <summary>Finds the next entry of any feed, and moves its position past the entry.</summary>
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
            // Checked last: the entry that was found may already belong to another history.
            if (ring.Generation != candidate.Generation) return ReadResult.Moved;
            if (!isMore) continue;
            if (found is null)
            {
                // Finish the current page first: reading another feed's page would replace it.
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

    /// <summary>The next presence frame of any workspace; null if there is none.</summary>
    public PresenceFrame? News()
    {
        foreach (var place in places)
            if (place.People?.Next(ref place.PresenceRead, account) is { } frame) return frame;
        return null;
    }

    /// <summary>Who is in each workspace, up to a byte limit for all together. Later changes come as frames.</summary>
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

    /// <summary>The position in a workspace; for null, in the first one. Null if it is not followed.</summary>
    public FeedPosition? Workspace(long? id) =>
        places.Find(place => place.Ring.IsWorkspace && place.Ring.Feed == (id ?? place.Ring.Feed));

    /// <summary>The position in a feed; (0, 0) if it is not followed.</summary>
    public (long Seq, int Mark) Reached(long feed) =>
        places.Find(place => place.Ring.Feed == feed) is { } found ? (found.Seq, found.Mark) : default;

    public int WorkspacesWith(IEnumerable<long> more) =>
        places.Where(place => !place.Ring.IsInbox).Select(place => place.Ring.Feed).Union(more).Count();

    /// <summary>Keeps that many positions and drops the later ones.</summary>
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
