using Pacil.Accounts;

namespace Pacil.Feed;

/// <summary>
/// Whoever polls is here between two polls, too: as by one more connection, which closes when no poll has come for a
/// while, or when something of theirs has ended, a session or a membership.
/// </summary>
internal sealed class Pollers
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Lock changing = new();
    private readonly Dictionary<Spot, long> polls = [];
    private readonly DueSpots polled;
    private readonly Presence presence;

    public Pollers(Presence presence, Sessions sessions, TimeProvider time)
    {
        (this.presence, polled) = (presence, new DueSpots(time, Grace));
        sessions.Endings.Ended += Forget;
    }

    /// <summary>A poll is over; another may follow.</summary>
    public void Keep(Spot spot)
    {
        lock (changing)
        {
            if (!polls.ContainsKey(spot)) presence.Arrive(spot);
            polls[spot] = polled.Add(spot);
        }
    }

    /// <summary>Lets go whoever has not polled again; called some times a second.</summary>
    public void Sweep()
    {
        lock (changing)
            while (polled.Take() is var (spot, at))
                if (polls.GetValueOrDefault(spot) == at) Drop(spot);
    }

    private void Forget(long account)
    {
        lock (changing)
            foreach (var spot in polls.Keys.Where(spot => spot.Visitor.Id == account).ToList()) Drop(spot);
    }

    private void Drop(Spot spot)
    {
        if (polls.Remove(spot)) presence.Depart(spot);
    }
}
