namespace Pacil.Feed;

/// <summary>
/// Who is here, in which workspace and at which of its places. Somebody comes with their first connection and goes
/// with their last, wherever it is, after a moment in which they may come back: a reload is no leaving.
/// </summary>
internal sealed partial class PresenceTracker(TimeProvider time)
{
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    private readonly Lock changing = new();
    private readonly Dictionary<long, WorkspacePresence> byWorkspace = [];
    private readonly ExpiryQueue typing = new(time, TypingEvery);

    /// <summary>What other processes are to know: <c>+</c> is here now, <c>-</c> no longer, <c>~</c> types.</summary>
    public event Action<char, PresenceLocation>? Told;

    /// <summary>Everyone whom this process knows to be here by a connection of its own.</summary>
    public List<PresenceLocation> Locations()
    {
        lock (changing)
            return [.. from crowd in byWorkspace
                       from one in crowd.Value.Attendees
                       where one.Attendee.Here > 0
                       select new PresenceLocation(crowd.Key, one.Place, one.Attendee.Visitor)];
    }

    /// <summary>Whether anybody is there, or was just now.</summary>
    public bool IsSomebodyAt(PresenceLocation location)
    {
        lock (changing) return byWorkspace.TryGetValue(location.Workspace, out var crowd) && crowd.Has(location.Place);
    }

    /// <summary>A connection is at some places of a workspace, and at others no longer.</summary>
    /// <param name="isGoodbye">The person has said so: they are not waited for.</param>
    /// <returns>False where their account would be at too many; then nothing has changed.</returns>
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

    /// <summary>Brings somebody there by one more connection.</summary>
    /// <param name="subscribers">Those to tell in this process.</param>
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

    /// <summary>Another process begins or ends to say that somebody is there.</summary>
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
    /// Somebody types there; passed on at most every two seconds, of an account at 20 places, and not to themselves.
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

    /// <summary>Somebody has another name, wherever they are.</summary>
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
