namespace Pacil.Feed;

/// <summary>
/// Who is here, in which workspace and at which of its places. Somebody comes with their first connection and goes
/// with their last, wherever it is, after a moment in which they may come back: a reload is no leaving.
/// </summary>
internal sealed partial class Presence(TimeProvider time)
{
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    private readonly Lock changing = new();
    private readonly Dictionary<long, Crowd> crowds = [];
    private readonly DueSpots typing = new(time, TypingEvery);

    /// <summary>What other processes are to know: <c>+</c> is here now, <c>-</c> no longer, <c>~</c> types.</summary>
    public event Action<char, Spot>? Told;

    /// <summary>Everyone whom this process knows to be here by a connection of its own.</summary>
    public List<Spot> Spots()
    {
        lock (changing)
            return [.. from crowd in crowds
                       from one in crowd.Value.Attendees
                       where one.Attendee.Here > 0
                       select new Spot(crowd.Key, one.Place, one.Attendee.Visitor)];
    }

    /// <summary>Whether anybody is there, or was just now.</summary>
    public bool IsSomebodyAt(Spot spot)
    {
        lock (changing) return crowds.TryGetValue(spot.Workspace, out var crowd) && crowd.Has(spot.Place);
    }

    /// <summary>A connection is at some places of a workspace, and at others no longer.</summary>
    /// <param name="isGoodbye">The person has said so: they are not waited for.</param>
    /// <returns>False where their account would be at too many; then nothing has changed.</returns>
    public bool Move(List<Spot> came, List<Spot> left, bool isGoodbye = false)
    {
        lock (changing)
        {
            if (came.Count > 0 && !Fits(came)) return false;
            foreach (var spot in came) Arrive(spot);
            foreach (var spot in left) Depart(spot, isGoodbye);
            return true;
        }
    }

    /// <summary>Brings somebody there by one more connection.</summary>
    /// <param name="followers">Those to tell in this process.</param>
    public Crowd Arrive(Spot spot, Followers? followers = null)
    {
        lock (changing)
        {
            var attendee = Attend(spot, out var crowd);
            crowd.Followers = followers ?? crowd.Followers;
            if (attendee.Here++ == 0) Told?.Invoke('+', spot);
            crowd.Wake(time);
            return crowd;
        }
    }

    /// <summary>Another process begins or ends to say that somebody is there.</summary>
    public void Hear(Spot spot, bool isThere)
    {
        lock (changing)
        {
            if (isThere) Attend(spot, out _).Elsewhere++;
            else if (crowds.GetValueOrDefault(spot.Workspace)?.Find(spot) is { } attendee)
            {
                attendee.Elsewhere--;
                Leave(spot, attendee);
            }
            crowds.GetValueOrDefault(spot.Workspace)?.Wake(time);
        }
    }

    /// <summary>
    /// Somebody types there; passed on at most every two seconds, of an account at 20 places, and not to themselves.
    /// </summary>
    public void Type(Spot spot, bool isElsewhere = false)
    {
        lock (changing)
        {
            if (typing.Of(spot.Visitor.Id) is var others
                && (others.Contains(spot) || others.Count >= Spot.PlacesMax)) return;
            typing.Put(spot);
            if (!isElsewhere) Told?.Invoke('~', spot);
            if (!crowds.TryGetValue(spot.Workspace, out var crowd)) return;
            crowd.Tell("typing", PresenceFrame.Typing(spot), spot.Visitor.Id);
            crowd.Wake(time);
        }
    }

    /// <summary>Somebody has another name, wherever they are.</summary>
    public void Rename(Visitor was, Visitor now)
    {
        lock (changing)
            foreach (var spot in Spots().Where(spot => spot.Visitor == was))
            {
                Attend(spot with { Visitor = now }, out var crowd);
                crowd.Wake(time);
                Told?.Invoke('+', spot with { Visitor = now });
                Told?.Invoke('-', spot);
            }
    }

    private Attendee Attend(Spot spot, out Crowd crowd)
    {
        if (!crowds.TryGetValue(spot.Workspace, out crowd!))
            crowds[spot.Workspace] = crowd = new Crowd(spot.Workspace, changing);
        return crowd.Attend(spot);
    }
}
