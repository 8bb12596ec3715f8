namespace Pacil.Streaming.Presence;

/// <summary>
/// Tracks which users are present in each workspace and at each of its locations. A user arrives with the user's first
/// connection. A user leaves two seconds after the user's last connection has ended, so that a page reload does not
/// count as leaving.
/// </summary>
internal sealed partial class PresenceTracker(TimeProvider time)
{
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    private readonly Lock changing = new();
    private readonly Dictionary<long, WorkspacePresence> byWorkspace = [];
    private readonly ExpiryQueue typing = new(time, TypingEvery);

    /// <summary>Raised for a change that other processes must know.</summary>
    public event Action<PresenceMessageKind, PresenceLocation>? Changed;

    /// <summary>All locations at which a user has a connection to this process, each with its user.</summary>
    public List<PresenceLocation> Locations()
    {
        lock (changing)
            return [.. from crowd in byWorkspace
                       from one in crowd.Value.Entries
                       where one.Attendee.Here > 0
                       select new PresenceLocation(crowd.Key, one.Place, one.Attendee.User)];
    }

    /// <summary>Whether any user is at the location, or is in the grace period after leaving it.</summary>
    public bool IsSomebodyAt(PresenceLocation location)
    {
        lock (changing) return byWorkspace.TryGetValue(location.Workspace, out var crowd) && crowd.Has(location.Place);
    }

    /// <param name="isGoodbye">True if the user leaves on purpose: there is then no grace period.</param>
    /// <returns>False if the account would be at too many locations. In this case, nothing changes.</returns>
    public bool Move(List<PresenceLocation> came, List<PresenceLocation> left, bool isGoodbye = false)
    {
        lock (changing)
        {
            if (came.Count > 0 && !Fits(came)) return false;
            foreach (var location in came) Arrive(location);
            foreach (var location in left) Depart(location, isGoodbye);
            return true;
        }
    }

    /// <param name="subscribers">
    /// The workspace's subscribers in this process. A change of presence wakes these subscribers. Null leaves the list
    /// of an earlier call in use.
    /// </param>
    public WorkspacePresence Arrive(PresenceLocation location, FeedSubscriberList? subscribers = null)
    {
        lock (changing)
        {
            var attendee = Enter(location, out var crowd);
            crowd.Subscribers = subscribers ?? crowd.Subscribers;
            if (attendee.Here++ == 0) Changed?.Invoke(PresenceMessageKind.Arrived, location);
            crowd.Wake(time);
            return crowd;
        }
    }

    /// <summary>Called when another process reports that a user has arrived or left.</summary>
    public void Hear(PresenceLocation location, bool isThere)
    {
        lock (changing)
        {
            if (isThere) Enter(location, out _).Elsewhere++;
            else if (byWorkspace.GetValueOrDefault(location.Workspace)?.Find(location) is { } attendee)
            {
                attendee.Elsewhere--;
                Leave(location, attendee);
            }
            byWorkspace.GetValueOrDefault(location.Workspace)?.Wake(time);
        }
    }

    /// <summary>
    /// Shows other users that a user is typing. Within two seconds, at most one frame is sent for the same user and
    /// location, and at most 20 frames for the same user. The user does not receive the frames.
    /// </summary>
    public void Type(PresenceLocation location, bool isElsewhere = false)
    {
        lock (changing)
        {
            if (typing.Of(location.Visitor.Id) is var others
                && (others.Contains(location) || others.Count >= PresenceLocation.PlacesMax)) return;
            typing.Put(location);
            if (!isElsewhere) Changed?.Invoke(PresenceMessageKind.Typing, location);
            if (!byWorkspace.TryGetValue(location.Workspace, out var crowd)) return;
            crowd.Tell("typing", PresenceFrame.Typing(location), location.Visitor.Id);
            crowd.Wake(time);
        }
    }

    public void Rename(PresentUser was, PresentUser now)
    {
        lock (changing)
            foreach (var location in Locations().Where(location => location.Visitor == was))
            {
                Enter(location with { Visitor = now }, out var crowd);
                crowd.Wake(time);
                Changed?.Invoke(PresenceMessageKind.Arrived, location with { Visitor = now });
                Changed?.Invoke(PresenceMessageKind.Left, location);
            }
    }

    private PresenceEntry Enter(PresenceLocation location, out WorkspacePresence crowd)
    {
        if (!byWorkspace.TryGetValue(location.Workspace, out crowd!))
            byWorkspace[location.Workspace] = crowd = new WorkspacePresence(location.Workspace, changing);
        return crowd.GetOrAdd(location);
    }
}
