using Pacil.Accounts;

namespace Pacil.Feed;

/// <summary>
/// Whoever polls is here between two polls, too: as by one more connection, which closes when no poll has come for a
/// while, or when something of theirs has ended, a session or a membership. An account is kept in as many workspaces
/// and at as many places as one poll may name; those of its latest polls.
/// </summary>
internal sealed class PollingPresence
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Lock changing = new();
    private readonly ExpiryQueue polled;
    private readonly PresenceTracker presence;

    public PollingPresence(PresenceTracker presence, Sessions sessions, TimeProvider time)
    {
        (this.presence, polled) = (presence, new ExpiryQueue(time, Grace));
        sessions.Revocations.Ended += Forget;
    }

    /// <summary>A poll is over; another may follow.</summary>
    public void Keep(PresenceLocation location)
    {
        lock (changing)
        {
            if (!polled.Put(location)) return;
            presence.Arrive(location);
            var alike = polled.Of(location.Visitor.Id).FindAll(other => IsWorkspace(other) == IsWorkspace(location));
            if (alike.Count > (IsWorkspace(location)
                ? FollowFeed.FeedsMax : PresenceLocation.PlacesMax)) Drop(alike[0]);
        }
    }

    /// <summary>Lets go whoever has not polled again; called some times a second.</summary>
    public void Sweep()
    {
        lock (changing)
            foreach (var location in polled.Take()) presence.Depart(location);
    }

    private void Forget(long account)
    {
        lock (changing)
            foreach (var location in polled.Of(account)) Drop(location);
    }

    private void Drop(PresenceLocation location)
    {
        if (polled.Remove(location)) presence.Depart(location);
    }

    private static bool IsWorkspace(PresenceLocation location) => location.Place.Length == 0;
}
