using Pacil.Streaming.Presence;

namespace Pacil.Streaming;

/// <summary>
/// Reads feeds for one connection. The subscriber has one signal and a position in each feed, but no queue: it reads
/// from the ring buffers that all subscribers share. If a ring has dropped entries, the subscriber loads them from the
/// database, one page of entries at a time.
/// </summary>
internal sealed partial class FeedSubscriber(
    Broadcaster broadcaster, FeedLog log, long account, ConnectionPresence visit) : IDisposable
{
    private readonly List<FeedPosition> positions = [];
    private FeedPage? page;

    /// <summary>
    /// The index of the feed from which the next entry is read first. The index moves to the next feed after each page
    /// of entries. Otherwise, a feed with many missed entries would delay the other feeds.
    /// </summary>
    private int turn;

    public AsyncSignal Signal { get; } = new();

    /// <summary>Called every second to send heartbeats and to abort a stuck connection.</summary>
    public Action<TimeProvider, long>? Ticked { get; set; }

    public IReadOnlyList<FeedPosition> Positions => positions;

    public ConnectionPresence Visit => visit;

    /// <summary>
    /// Follows a feed from a position. If the subscriber already follows the feed, the position does not change.
    /// </summary>
    /// <param name="from">The position after which to read; null to start at the feed's head.</param>
    /// <returns>
    /// <c>IsFound</c>: whether the account may see the feed. <c>Reset</c>: the reason why the subscriber starts at the
    /// head although a position was given; null if the position is valid.
    /// </returns>
    public async Task<(bool IsFound, string? Reset)> Follow(
        long feed, bool isInbox, (long Seq, int Mark)? from, bool isOtherEpoch, CancellationToken cancellation)
    {
        if (positions.Exists(place => place.Ring.Feed == feed)) return (true, null);
        var standing = await log.Find(feed, from?.Seq ?? 0, account, cancellation);
        if (standing is null) return (false, null);
        // The head of the joined ring is not lower than the head from the query above, so the subscriber misses no
        // entry.
        var place = new FeedPosition(await broadcaster.Join(this, feed, isInbox, standing.Head, cancellation));
        positions.Add(place);
        var reset = from is null ? null : isOtherEpoch ? "epoch_changed" : FindMismatch(from.Value, standing);
        (place.Seq, place.Mark) = from is { } known && reset is null ? known : (standing.Head, standing.Mark);
        place.Generation = place.Ring.Generation;
        place.People = visit.Enter(place.Ring);
        return (true, reset);
    }

    /// <summary>
    /// Finds the next entry of any followed feed, and moves the position in this feed past the entry.
    /// </summary>
    public ReadResult Next(out FeedPosition place, out RingEntry entry)
    {
        entry = null!;
        for (var n = 0; n < positions.Count; n++)
        {
            var at = (turn + n) % positions.Count;
            var candidate = place = positions[at];
            var ring = candidate.Ring;
            var isMore = candidate.Seq < ring.Head;
            var found = isMore ? FromRing(candidate) ?? FromPage(candidate) : null;
            // This check must follow the lookup. If the ring restarts during the lookup, because a backup was restored,
            // the entry may be from the log before the restore.
            if (ring.Generation != candidate.Generation) return ReadResult.Moved;
            if (!isMore) continue;
            if (found is null)
            {
                // The caller loads a page of entries for this feed. The next read must start with this feed too: the
                // subscriber has only one page, and a page for another feed would replace it.
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

    /// <summary>The next presence frame of any followed workspace; null if there is no new frame.</summary>
    public PresenceFrame? News()
    {
        foreach (var place in positions)
            if (place.People?.Next(ref place.PresenceRead, account) is { } frame) return frame;
        return null;
    }

    /// <summary>
    /// The users present in each followed workspace, as JSON. All workspaces together have a byte limit. The subscriber
    /// gets later changes as presence frames.
    /// </summary>
    public List<byte[]> Here()
    {
        var here = new List<byte[]>();
        foreach (var place in positions)
        {
            var rest = 2 * PresenceFrame.HereBytesMax - here.Sum(one => one.Length);
            if (place.People?.Here(Math.Min(rest, PresenceFrame.HereBytesMax)) is not { } now) continue;
            place.PresenceRead = now.Number;
            here.Add(now.Data);
        }
        return here;
    }

    /// <summary>The position in a workspace; null if the subscriber does not follow the workspace.</summary>
    /// <param name="id">Null for the first workspace that the subscriber follows.</param>
    public FeedPosition? Workspace(long? id) =>
        positions.Find(place => place.Ring.IsWorkspace && place.Ring.Feed == (id ?? place.Ring.Feed));

    /// <summary>The position in a feed; (0, 0) if the subscriber does not follow the feed.</summary>
    public (long Seq, int Mark) Reached(long feed) =>
        positions.Find(place => place.Ring.Feed == feed) is { } found ? (found.Seq, found.Mark) : default;

    public int WorkspacesWith(IEnumerable<long> more) =>
        positions.Where(place => !place.Ring.IsInbox).Select(place => place.Ring.Feed).Union(more).Count();

    /// <summary>Keeps the first <paramref name="count"/> feeds, and stops following all others.</summary>
    public void Keep(int count)
    {
        foreach (var place in positions[count..]) Leave(place);
        positions.RemoveRange(count, positions.Count - count);
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
