namespace Pacil.Streaming;

/// <summary>
/// Handles the read results after which a subscriber cannot simply continue: the next entry is not in the ring, the
/// database was restored from a backup, or the account has lost its access.
/// </summary>
internal sealed partial class FeedSubscriber
{
    /// <summary>
    /// Loads the next entries from the database, or moves the position to the feed's head, or stops following the feed.
    /// </summary>
    /// <returns>A notice for the client; null if the client's position is still valid.</returns>
    public async Task<ResyncNotice?> Recover(ReadResult step, FeedPosition place)
    {
        var (isFound, reset) = step switch
        {
            ReadResult.Behind => await Load(place),
            ReadResult.Moved => await Recheck(place),
            _ => (await RecheckAccess(place), null),
        };
        if (isFound && reset is null) return null;
        if (isFound) return new ResyncNotice([], place.Ring.IsInbox ? [] : [place.Ring.Feed], reset);
        positions.Remove(place);
        Leave(place);
        return new ResyncNotice([place.Ring.Feed], [], null);
    }

    /// <summary>
    /// Releases the subscriber's page of entries if the maximum number of pages is in use, because other subscribers
    /// may wait for a page. Entries that were not sent yet are loaded again later.
    /// </summary>
    public void Share()
    {
        if (log.Pages.IsShort) GiveBack();
    }

    private async Task<(bool IsFound, string? Reset)> Load(FeedPosition place)
    {
        GiveBack();
        var next = await log.Pages.Take(place);
        try
        {
            var entries = await log.After(place.Ring.Feed, place.Seq, account, CancellationToken.None);
            if (entries is null) return (false, null);
            if (entries.Count == 0 || entries[0].Seq != place.Seq + 1)
            {
                (place.Seq, place.Mark) = (place.Ring.Head, place.Ring.Mark);
                return (true, "trimmed");
            }
            next.Fill(entries);
            (page, next) = (next, null);
            return (true, null);
        }
        finally
        {
            next?.Dispose();
        }
    }

    /// <summary>
    /// Finds the next entry in the ring. If it is there, releases the page of entries, which is no longer needed.
    /// </summary>
    private RingEntry? FromRing(FeedPosition place)
    {
        var found = place.Ring.Find(place.Seq + 1);
        if (found is not null && page?.Place == place) GiveBack();
        return found;
    }

    private RingEntry? FromPage(FeedPosition place)
    {
        var held = page;
        if (held?.Place != place) return null;
        if (held.After(place.Seq) is { } entry) return entry;
        GiveBack();
        return null;
    }

    /// <summary>Releases the page of entries if it belongs to this feed and all its entries were read.</summary>
    /// <returns>Whether the page was released.</returns>
    private bool EndPage(FeedPosition place)
    {
        if (page is not { IsEmpty: true } held || held.Place != place) return false;
        GiveBack();
        return true;
    }

    /// <summary>
    /// Releases the page of entries. The exchange must be atomic, because two threads may release the page at the same
    /// time: the connection's own thread and, for a slow connection, the broadcaster's timer.
    /// </summary>
    private void GiveBack() => Interlocked.Exchange(ref page, null)?.Dispose();

    /// <summary>
    /// Checks whether a position still exists in the database. If not, moves the position to the feed's latest entry.
    /// </summary>
    private async Task<(bool IsFound, string? Reset)> Recheck(FeedPosition place)
    {
        GiveBack();
        place.AccessRecheckedAt = 0;
        var generation = place.Ring.Generation;
        var standing = await log.Find(place.Ring.Feed, place.Seq, account, CancellationToken.None);
        if (standing is null) return (false, null);
        place.Generation = generation;
        var reset = FindMismatch((place.Seq, place.Mark), standing);
        if (reset is not null) (place.Seq, place.Mark) = (standing.Head, standing.Mark);
        return (true, reset);
    }

    /// <summary>
    /// Called when the next entry revokes the account's access. Returns true if a later change has restored the access.
    /// </summary>
    private async Task<bool> RecheckAccess(FeedPosition place)
    {
        place.AccessRecheckedAt = place.Seq + 1;
        return await log.Find(place.Ring.Feed, place.Seq, account, CancellationToken.None) is not null;
    }

    /// <summary>The reason why a position does not exist in this database's log; null if the position exists.</summary>
    private static string? FindMismatch((long Seq, int Mark) from, FeedLog.Standing standing) =>
        from.Seq == 0 ? null
        : from.Seq > standing.Head ? "ahead"
        : standing.Known is null ? "trimmed"
        : standing.Known != from.Mark ? "epoch_changed"
        : null;
}
