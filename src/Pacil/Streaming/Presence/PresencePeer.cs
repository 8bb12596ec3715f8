namespace Pacil.Streaming.Presence;

/// <summary>
/// The users that one other process reports as present. Only processes with access to the database can send reports.
/// The memory for the reports is limited nevertheless.
/// </summary>
/// <param name="isFull">Returns whether the reports of all other processes together have reached their limit.</param>
internal sealed class PresencePeer(PresenceTracker presence, Func<bool> isFull)
{
    private HashSet<PresenceLocation> locations = [];
    private HashSet<PresenceLocation>? stated;

    /// <summary>
    /// The number of reports that were refused after the current full list began. The count at the end of the list
    /// includes the refused reports.
    /// </summary>
    private int refused;

    public int Count => locations.Count;

    /// <summary>The time at which the process's last message arrived, as a timestamp of the clock.</summary>
    public long HeardAt { get; set; }

    public void Receive(PresenceMessage message)
    {
        if (message.Kind == PresenceMessageKind.ListBegins) (stated, refused) = ([], 0);
        else if (message.Kind == PresenceMessageKind.ListEnds)
        {
            // If an arrival of the list was lost, the count is wrong. The list is then ignored; the next full list
            // replaces it.
            if (stated is not null && message.Count == stated.Count + refused) Keep(stated);
            stated = null;
        }
        else if (message.Location is { } location) Receive(message.Kind, location);
    }

    /// <summary>Removes all locations except those in <paramref name="kept"/>.</summary>
    public void Keep(HashSet<PresenceLocation> kept)
    {
        foreach (var location in locations)
            if (!kept.Contains(location)) presence.Hear(location, isThere: false);
        locations = kept;
    }

    private void Receive(PresenceMessageKind? kind, PresenceLocation location)
    {
        if (kind == PresenceMessageKind.Typing) presence.Type(location, isElsewhere: true);
        else if (kind == PresenceMessageKind.Arrived) Believe(location);
        else if (locations.Remove(location))
        {
            stated?.Remove(location);
            presence.Hear(location, isThere: false);
        }
    }

    private void Believe(PresenceLocation location)
    {
        if (locations.TryGetValue(location, out var known)) stated?.Add(known);
        else if (isFull()) refused++;
        else
        {
            stated?.Add(location);
            locations.Add(location);
            presence.Hear(location, isThere: true);
        }
    }
}
