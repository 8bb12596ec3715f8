namespace Pacil.Feed;

/// <summary>
/// Who was somewhere, and comes due a while after the last time; each once, however often they were there. For whoever
/// holds the lock of its owner.
/// </summary>
internal sealed class ExpiryQueue(TimeProvider time, TimeSpan after)
{
    /// <summary>By account; of each, who comes due first stands first.</summary>
    private readonly Dictionary<long, List<(PresenceLocation Spot, long At)>> byAccount = [];

    /// <summary>Those of one account, in the order in which they come due.</summary>
    public List<PresenceLocation> Of(long account) =>
        byAccount.TryGetValue(account, out var waiting) ? waiting.ConvertAll(one => one.Spot) : [];

    /// <summary>Was there just now.</summary>
    /// <returns>False where it has only been put off.</returns>
    public bool Put(PresenceLocation location)
    {
        var isNew = !Remove(location);
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) byAccount[location.Visitor.Id] = waiting = [];
        waiting.Add((location, time.GetTimestamp()));
        return isNew;
    }

    /// <returns>False where it does not wait.</returns>
    public bool Remove(PresenceLocation location)
    {
        if (!byAccount.TryGetValue(location.Visitor.Id, out var waiting)) return false;
        // By whatever name: it is the same person.
        var isRemoved = waiting.RemoveAll(
            one => one.Spot.Workspace == location.Workspace && one.Spot.Place == location.Place) > 0;
        if (waiting.Count == 0) byAccount.Remove(location.Visitor.Id);
        return isRemoved;
    }

    /// <summary>Takes out those that are due, the first first.</summary>
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
