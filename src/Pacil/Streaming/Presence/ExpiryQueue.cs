namespace Pacil.Streaming.Presence;

/// <summary>
/// Locations in the order in which they expire: a fixed time after they were last added. Each is in the queue once. The
/// caller holds the owner's lock.
/// </summary>
internal sealed class ExpiryQueue(TimeProvider time, TimeSpan after)
{
    private readonly Dictionary<long, List<(PresenceLocation Spot, long At)>> byAccount = [];

    /// <summary>The locations of one account; the first to expire comes first.</summary>
    public List<PresenceLocation> Of(long account) =>
        byAccount.TryGetValue(account, out var waiting) ? waiting.ConvertAll(one => one.Spot) : [];

    /// <summary>Adds a location, or postpones its expiry; false if it was only postponed.</summary>
    public bool Put(PresenceLocation location)
    {
        var isNew = !Remove(location);
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) byAccount[location.Visitor.Id] = waiting = [];
        waiting.Add((location, time.GetTimestamp()));
        return isNew;
    }

    public bool Remove(PresenceLocation location)
    {
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) return false;
        // Compared without the name, which may have changed.
        var isRemoved = waiting.RemoveAll(
            one => one.Spot.Workspace == location.Workspace && one.Spot.Place == location.Place) > 0;
        if (waiting.Count == 0) byAccount.Remove(location.Visitor.Id);
        return isRemoved;
    }

    /// <summary>Removes the expired locations and returns them in order.</summary>
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
