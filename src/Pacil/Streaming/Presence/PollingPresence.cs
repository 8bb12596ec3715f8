using Pacil.Identity.Sessions;

namespace Pacil.Streaming.Presence;

/// <summary>
/// Keeps users present between two long polls. Between polls, a user counts as one open connection. The user leaves
/// when no poll arrives for 30 seconds, or after a revocation or a change of the account (see
/// <see cref="SessionRevocations.Ended"/>). The limits of one poll for workspaces and locations apply to each account.
/// Above a limit, the oldest workspace or location is dropped.
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
        sessions.Revocations.Ended += Remove;
    }

    /// <summary>Keeps the user of a finished poll present until the next poll.</summary>
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

    /// <summary>Removes users who have not polled again in time. Called several times per second.</summary>
    public void Sweep()
    {
        lock (changing)
            foreach (var location in polled.Take()) presence.Depart(location);
    }

    private void Remove(long account)
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
