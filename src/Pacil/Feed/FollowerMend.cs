using Pacil.Data;

namespace Pacil.Feed;

/// <summary>What a follower does who cannot simply read on.</summary>
internal sealed partial class Follower
{
    /// <summary>Of a log in memory, for one who may be reading nothing: of wide entries not the whole page.</summary>
    private const int PageBytesMax = 64 * 1024;

    /// <summary>Does what a step other than an entry asks for.</summary>
    /// <returns>What the reader must be told; null where it may simply look again.</returns>
    public async Task<Correction?> Mend(Step step, Place place)
    {
        var (isFound, reset) = step switch
        {
            Step.Behind => await Load(place),
            Step.Moved => await Recheck(place),
            _ => (await Pardon(place), null),
        };
        if (isFound && reset is null) return null;
        if (isFound) return new Correction([], place.Ring.IsInbox ? [] : [place.Ring.Feed], reset);
        places.Remove(place);
        Leave(place);
        return new Correction([place.Ring.Feed], [], null);
    }

    /// <summary>Reads what comes next from the database.</summary>
    private async Task<(bool IsFound, string? Reset)> Load(Place place)
    {
        pagedAfter = place.Ring.Redactions;
        var entries = await log.After(place.Ring.Feed, place.Seq, account, CancellationToken.None);
        if (entries is null) return (false, null);
        if (entries.Count == 0 || entries[0].Seq != place.Seq + 1)
        {
            (place.Seq, place.Mark) = (place.Ring.Head, place.Ring.Mark);
            return (true, "trimmed");
        }
        page = Encode(entries, place.Ring.IsInbox);
        paged = place;
        return (true, null);
    }

    /// <summary>As many as may be kept, one at least; the rest is read again.</summary>
    private static Queue<RingEntry> Encode(List<Entry> entries, bool isInbox)
    {
        var some = new Queue<RingEntry>();
        var bytes = 0;
        foreach (var entry in entries)
        {
            var encoded = RingEntry.Of(entry, isInbox);
            bytes += encoded.Json.Length;
            if (bytes > PageBytesMax && some.Count > 0) break;
            some.Enqueue(encoded);
        }
        return some;
    }

    /// <summary>Compares a place with the database again, and moves it to the end where it does not fit.</summary>
    private async Task<(bool IsFound, string? Reset)> Recheck(Place place)
    {
        (page, place.Pardoned) = (null, 0);
        var generation = place.Ring.Generation;
        var standing = await log.Find(place.Ring.Feed, place.Seq, account, CancellationToken.None);
        if (standing is null) return (false, null);
        place.Generation = generation;
        var reset = Doubt((place.Seq, place.Mark), standing);
        if (reset is not null) (place.Seq, place.Mark) = (standing.Head, standing.Mark);
        return (true, reset);
    }

    /// <summary>What comes next is an expulsion. Who has become a member again since may read on.</summary>
    private async Task<bool> Pardon(Place place)
    {
        place.Pardoned = place.Seq + 1;
        return await log.Find(place.Ring.Feed, place.Seq, account, CancellationToken.None) is not null;
    }

    /// <summary>Why a place is none of this database's log; null where it is.</summary>
    private static string? Doubt((long Seq, int Mark) from, FeedLog.Standing standing) =>
        from.Seq == 0 ? null
        : from.Seq > standing.Head ? "ahead"
        : standing.Known is null ? "trimmed"
        : standing.Known != from.Mark ? "epoch_changed"
        : null;
}
