namespace Pacil.Streaming.Presence;

/// <summary>
/// The users present in one workspace, and a ring buffer with the latest presence frames. Each subscriber reads frames
/// without a lock, from its own position. If the ring buffer no longer has the next frame of a subscriber, the
/// subscriber gets the full list of users.
/// </summary>
/// <param name="changing">The lock that callers hold during every change.</param>
internal sealed class WorkspacePresence(long workspace, Lock changing)
{
    private const int CapacityMin = 4;
    private const int CapacityMax = 64;

    /// <summary>
    /// The minimum pause between two wake-ups is this time multiplied by the number of subscribers. Ten thousand
    /// subscribers are thus woken at most one time per second.
    /// </summary>
    private static readonly TimeSpan PausePerFollower = TimeSpan.FromMilliseconds(0.1);

    private readonly Dictionary<string, Dictionary<long, PresenceEntry>> places = [];

    private readonly Dictionary<long, int> placesOf = [];
    private PresenceFrame?[] frames = new PresenceFrame?[CapacityMin];
    private PresenceFrame? here;
    private long head;
    private long woken;
    private long wokenAt;

    /// <summary>The workspace's subscribers in this process; null if only other processes have subscribers.</summary>
    public FeedSubscriberList? Subscribers { get; set; }

    public bool IsEmpty => places.Count == 0;

    public IEnumerable<(string Place, PresenceEntry Attendee)> Entries =>
        places.SelectMany(place => place.Value.Values.Select(attendee => (place.Key, attendee)));

    public PresenceEntry? Find(PresenceLocation location) =>
        places.GetValueOrDefault(location.Place)?.GetValueOrDefault(location.Visitor.Id);

    public bool Has(string place) => places.ContainsKey(place);

    public bool Fits(List<PresenceLocation> more) =>
        placesOf.GetValueOrDefault(more[0].Visitor.Id) + more.Count(location => Find(location) is null)
            <= PresenceLocation.PlacesPerAccountMax;

    /// <summary>Adds a user to a location. If the user is already there, updates the user's name.</summary>
    public PresenceEntry GetOrAdd(PresenceLocation location)
    {
        if (!places.TryGetValue(location.Place, out var people)) places[location.Place] = people = [];
        if (!people.TryGetValue(location.Visitor.Id, out var attendee))
        {
            people[location.Visitor.Id] = attendee = new PresenceEntry { User = location.Visitor };
            placesOf[location.Visitor.Id] = placesOf.GetValueOrDefault(location.Visitor.Id) + 1;
        }
        else if (attendee.User == location.Visitor) return attendee;
        else attendee.User = location.Visitor;
        Tell("user_joined", PresenceFrame.Moved(location, people.Count));
        return attendee;
    }

    public void Remove(PresenceLocation location)
    {
        var people = places[location.Place];
        people.Remove(location.Visitor.Id);
        if (people.Count == 0) places.Remove(location.Place);
        if (--placesOf[location.Visitor.Id] == 0) placesOf.Remove(location.Visitor.Id);
        Tell("user_left", PresenceFrame.Moved(location, people.Count));
    }

    public void Tell(string name, byte[] data, long except = 0)
    {
        var number = head + 1;
        if (frames[number & (frames.Length - 1)] is not null && frames.Length < CapacityMax) Grow();
        Volatile.Write(ref frames[number & (frames.Length - 1)], new PresenceFrame(number, name, data, except));
        Volatile.Write(ref head, number);
    }

    /// <summary>The next frame for the account; null if there is no new frame.</summary>
    /// <param name="heard">The number of the last frame that the subscriber has read. The method updates it.</param>
    public PresenceFrame? Next(ref long heard, long account)
    {
        while (heard < Volatile.Read(ref head))
        {
            var now = Volatile.Read(ref frames);
            var frame = Volatile.Read(ref now[(heard + 1) & (now.Length - 1)]);
            if (frame?.Number != heard + 1) frame = Here();
            heard = frame.Number;
            if (frame.Except != account) return frame;
        }
        return null;
    }

    public PresenceFrame Here(int bytesMax = PresenceFrame.HereBytesMax)
    {
        lock (changing)
        {
            if (here?.Number != head) here = Frame(PresenceFrame.HereBytesMax);
            return here.Data.Length <= bytesMax ? here : Frame(bytesMax);
        }

        PresenceFrame Frame(int bytes) => new(head, "here", PresenceFrame.Here(workspace, places, bytes), 0);
    }

    /// <summary>
    /// Wakes the subscribers if there are new frames. Does nothing if the last wake-up was only a moment ago;
    /// <see cref="PresenceTracker.Sweep"/> then tries again.
    /// </summary>
    public void Wake(TimeProvider time)
    {
        if (woken == head || Subscribers is not { } subscribers) return;
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(wokenAt, now) < subscribers.Count * PausePerFollower) return;
        (woken, wokenAt) = (head, now);
        subscribers.Wake();
    }

    private void Grow()
    {
        var larger = new PresenceFrame?[frames.Length * 4];
        foreach (var frame in frames.OfType<PresenceFrame>()) larger[frame.Number & (larger.Length - 1)] = frame;
        Volatile.Write(ref frames, larger);
    }
}
