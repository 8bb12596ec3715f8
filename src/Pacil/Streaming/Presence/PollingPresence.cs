using Pacil.Identity.Sessions;

namespace Pacil.Streaming.Presence;

/// <summary>
/// Keeps the users of long polls present between two polls, like one more connection. That connection ends when no poll
/// has come for a while, or when a session or membership of the account has ended. For each account it keeps as many
/// workspaces and locations as one poll may name, the latest ones.
/// </summary>
internal sealed class PollingPresence
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Lock changing = new();
    private readonly ExpiryQueue polled;
    private readonly PresenceTracker presence;

    public PollingPresence(PresenceTracker presence, SessionStore sessions, TimeProvider time)
    {
        (this.presence, polled) = (presence, new ExpiryQueue(time, Grace));
        sessions.Revocations.Ended += Forget;
    }

    /// <summary>Keeps the user of a finished poll present until the next one.</summary>
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

    /// <summary>Removes users who have not polled again; called several times a second.</summary>
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
