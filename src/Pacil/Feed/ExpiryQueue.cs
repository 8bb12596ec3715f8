namespace Pacil.Feed;

/// <summary>
/// Locations in the order in which they expire, a fixed time after they were last added; each is in it once. The caller
/// holds the owner's lock.
/// </summary>
internal sealed class ExpiryQueue(TimeProvider time, TimeSpan after)
{
    /// <summary>By account, in the order in which they expire.</summary>
    private readonly Dictionary<long, List<(PresenceLocation Spot, long At)>> byAccount = [];

    /// <summary>The locations of one account, in the order in which they expire.</summary>
    public List<PresenceLocation> Of(long account) =>
        byAccount.TryGetValue(account, out var waiting) ? waiting.ConvertAll(one => one.Spot) : [];

    /// <summary>Adds a location, or postpones it.</summary>
    /// <returns>False where it was only postponed.</returns>
    public bool Put(PresenceLocation location)
    {
        var isNew = !Remove(location);
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) byAccount[location.Visitor.Id] = waiting = [];
        waiting.Add((location, time.GetTimestamp()));
        return isNew;
    }

    /// <returns>False where it is not in the queue.</returns>
    public bool Remove(PresenceLocation location)
    {
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) return false;
        // Compared without the name, which may have changed.
        var isRemoved = waiting.RemoveAll(
            one => one.Spot.Workspace == location.Workspace && one.Spot.Place == location.Place) > 0;
        if (waiting.Count == 0) byAccount.Remove(location.Visitor.Id);
        return isRemoved;
    }

    /// <summary>Removes those that have expired, in order.</summary>
    public List<PresenceLocation> Take()
    {
        var now = time.GetTimestamp();
        var due = new List<(PresenceLocation Spot, long At)>();
        foreach (var (account, waiting) in byAccount)
        {
            var count = waiting.FindIndex(one => time.GetElapsedTime(one.At, now) < after);
            if (count < 0) count = waiting.Count;
            due.AddRange(waiting[..count]);
            waiting.RemoveRange(0, count);
            if (waiting.Count == 0) byAccount.Remove(account);
        }
        return [.. due.OrderBy(one => one.At).Select(one => one.Spot)];
    }
}
