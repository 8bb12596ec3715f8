namespace Pacil.Streaming.Presence;

/// <summary>
/// A queue of locations that expire. A location expires a fixed time after it was last added, and is in the queue at
/// most one time. The queue has no lock of its own: callers must hold the lock of the object that owns the queue.
/// </summary>
internal sealed class ExpiryQueue(TimeProvider time, TimeSpan after)
{
    private readonly Dictionary<long, List<(PresenceLocation Location, long At)>> byAccount = [];

    /// <summary>The locations of one account in the order of expiry, the earliest first.</summary>
    public List<PresenceLocation> Of(long account) =>
        byAccount.TryGetValue(account, out var waiting) ? waiting.ConvertAll(one => one.Location) : [];

    /// <summary>
    /// Adds a location. If the queue already has the location, postpones its expiry and returns false.
    /// </summary>
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
        // The comparison leaves out the user's name, because the name may have changed.
        var isRemoved = waiting.RemoveAll(
            one => one.Location.Workspace == location.Workspace && one.Location.Place == location.Place) > 0;
        if (waiting.Count == 0) byAccount.Remove(location.Visitor.Id);
        return isRemoved;
    }

    /// <summary>Removes the expired locations and returns them, the earliest expiry first.</summary>
    public List<PresenceLocation> Take()
    {
        var now = time.GetTimestamp();
        var due = new List<(PresenceLocation Location, long At)>();
        foreach (var (account, waiting) in byAccount)
        {
            var count = waiting.FindIndex(one => time.GetElapsedTime(one.At, now) < after);
            if (count < 0) count = waiting.Count;
            due.AddRange(waiting[..count]);
            waiting.RemoveRange(0, count);
            if (waiting.Count == 0) byAccount.Remove(account);
        }
        return [.. due.OrderBy(one => one.At).Select(one => one.Location)];
    }
}
