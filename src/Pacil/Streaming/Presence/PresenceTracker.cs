namespace Pacil.Streaming.Presence;

/// <summary>
/// Who is present, in which workspace and at which of its locations. A user arrives with the first connection and
/// leaves a moment after the last one, so that a reload does not count as leaving.
/// </summary>
internal sealed partial class PresenceTracker(TimeProvider time)
{
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    private readonly Lock changing = new();
    private readonly Dictionary<long, WorkspacePresence> byWorkspace = [];
    private readonly ExpiryQueue typing = new(time, TypingEvery);

    /// <summary>Raised for other processes: <c>+</c> has arrived, <c>-</c> has left, <c>~</c> types.</summary>
    public event Action<char, PresenceLocation>? Told;

    /// <summary>Every location that has a connection to this process.</summary>
    public List<PresenceLocation> Locations()
    {
        lock (changing)
            return [.. from crowd in byWorkspace
                       from one in crowd.Value.Attendees
                       where one.Attendee.Here > 0
                       select new PresenceLocation(crowd.Key, one.Place, one.Attendee.Visitor)];
    }

    /// <summary>Whether anybody is at the location, or was a moment ago.</summary>
    public bool IsSomebodyAt(PresenceLocation location)
    {
        lock (changing) return byWorkspace.TryGetValue(location.Workspace, out var crowd) && crowd.Has(location.Place);
    }

    /// <param name="isGoodbye">No grace period for a reload: the user leaves for good.</param>
    /// <returns>False if the account would be at too many locations; nothing has changed then.</returns>
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

    /// <param name="subscribers">The subscribers to wake in this process.</param>
    public WorkspacePresence Arrive(PresenceLocation location, FeedSubscriberList? subscribers = null)
    {
        lock (changing)
        {
            var attendee = Attend(location, out var crowd);
            crowd.Subscribers = subscribers ?? crowd.Subscribers;
            if (attendee.Here++ == 0) Told?.Invoke('+', location);
            crowd.Wake(time);
            return crowd;
        }
    }

    /// <summary>Another process reports that somebody has arrived or left.</summary>
    public void Hear(PresenceLocation location, bool isThere)
    {
        lock (changing)
        {
            if (isThere) Attend(location, out _).Elsewhere++;
            else if (byWorkspace.GetValueOrDefault(location.Workspace)?.Find(location) is { } attendee)
            {
                attendee.Elsewhere--;
                Leave(location, attendee);
            }
            byWorkspace.GetValueOrDefault(location.Workspace)?.Wake(time);
        }
    }

    /// <summary>
    /// Somebody types. Passed on at most every two seconds, for at most 20 locations of an account, and not to the
    /// account itself.
    /// </summary>
    public void Type(PresenceLocation location, bool isElsewhere = false)
    {
        lock (changing)
        {
            if (typing.Of(location.Visitor.Id) is var others
                && (others.Contains(location) || others.Count >= PresenceLocation.PlacesMax)) return;
            typing.Put(location);
            if (!isElsewhere) Told?.Invoke('~', location);
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
                Attend(location with { Visitor = now }, out var crowd);
                crowd.Wake(time);
                Told?.Invoke('+', location with { Visitor = now });
                Told?.Invoke('-', location);
            }
    }

    private PresenceEntry Attend(PresenceLocation location, out WorkspacePresence crowd)
    {
        if (!byWorkspace.TryGetValue(location.Workspace, out crowd!))
            byWorkspace[location.Workspace] = crowd = new WorkspacePresence(location.Workspace, changing);
        return crowd.Attend(location);
    }
}
