using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>Handles every result other than an entry: missed entries, another history, lost access.</summary>
internal sealed partial class FeedSubscriber
{
    /// <summary>Moves a position to where the subscriber can read on.</summary>
    /// <returns>A notice for the client; null if the subscriber simply reads on.</returns>
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
        places.Remove(place);
        Leave(place);
        return new ResyncNotice([place.Ring.Feed], [], null);
    }

    /// <summary>Gives up the page if others wait for one. Its unread entries are read again later.</summary>
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

    /// <summary>Gives up the page once the next entry is in the ring.</summary>
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

    /// <returns>Whether the page belongs to this position and has been read to its end.</returns>
    private bool EndPage(FeedPosition place)
    {
        if (page is not { IsEmpty: true } held || held.Place != place) return false;
        GiveBack();
        return true;
    }

    /// <summary>The exchange is atomic: the timer also calls this, while the connection waits for its peer.</summary>
    private void GiveBack() => Interlocked.Exchange(ref page, null)?.Dispose();

    /// <summary>Checks a position against the database again, and moves it to the head if it is not valid.</summary>
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

    /// <summary>The next entry removes the account. It may read on if it has become a member again.</summary>
    private async Task<bool> RecheckAccess(FeedPosition place)
    {
        place.AccessRecheckedAt = place.Seq + 1;
        return await log.Find(place.Ring.Feed, place.Seq, account, CancellationToken.None) is not null;
    }

    /// <summary>Why a position does not belong to this database's log; null if it does.</summary>
    private static string? FindMismatch((long Seq, int Mark) from, FeedLog.Standing standing) =>
        from.Seq == 0 ? null
        : from.Seq > standing.Head ? "ahead"
        : standing.Known is null ? "trimmed"
        : standing.Known != from.Mark ? "epoch_changed"
        : null;
}
