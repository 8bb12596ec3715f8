using Pacil.Accounts;

namespace Pacil.Feed;

/// <summary>
/// Whoever polls is here between two polls, too: as by one more connection, which closes when no poll has come for a
/// while, or when something of theirs has ended, a session or a membership. An account is kept in as many workspaces
/// and at as many places as one poll may name; those of its latest polls.
/// </summary>
internal sealed class Pollers
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Lock changing = new();
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
            if (!polled.Put(spot)) return;
            presence.Arrive(spot);
            var alike = polled.Of(spot.Visitor.Id).FindAll(other => IsWorkspace(other) == IsWorkspace(spot));
            if (alike.Count > (IsWorkspace(spot) ? FollowFeed.FeedsMax : Spot.PlacesMax)) Drop(alike[0]);
        }
    }

    /// <summary>Lets go whoever has not polled again; called some times a second.</summary>
    public void Sweep()
    {
        lock (changing)
            foreach (var spot in polled.Take()) presence.Depart(spot);
    }

    private void Forget(long account)
    {
        lock (changing)
            foreach (var spot in polled.Of(account)) Drop(spot);
    }

    private void Drop(Spot spot)
    {
        if (polled.Remove(spot)) presence.Depart(spot);
    }

    private static bool IsWorkspace(Spot spot) => spot.Place.Length == 0;
}
