using Pacil.Web;

namespace Pacil.Streaming.Presence;

/// <summary>The locations that one connection reports for its user, in each workspace that it follows.</summary>
/// <param name="isCounted">True if the connection counts as presence: other users then see the user as present.</param>
internal sealed class ConnectionPresence(
    PresenceTracker presence, PollingPresence pollers, PresenceLocationFinder finder, PresentUser visitor,
    bool isCounted)
{
    private PresentUser user = visitor;
    private List<PresenceLocation>? locations;

    /// <summary>Makes the user present in the workspace.</summary>
    /// <returns>
    /// The presence of the workspace. Null if the connection does not count as presence, or if the feed is not a
    /// workspace.
    /// </returns>
    public WorkspacePresence? Enter(FeedRing ring) =>
        isCounted && ring.IsWorkspace ? presence.Arrive(InWorkspace(ring.Feed), ring.Subscribers) : null;

    public IEnumerable<string> PlacesIn(long workspace) =>
        (locations ?? []).Where(location => location.Workspace == workspace).Select(location => location.Place);

    /// <summary>Replaces the connection's locations in a workspace.</summary>
    /// <returns>
    /// A problem with the status 422 if there are too many locations, or if a location does not exist; otherwise null.
    /// With <see cref="PresenceMoveKind.Returning"/>, locations that do not exist are left out without an error.
    /// </returns>
    public async Task<Problem?> Move(
        string field, long workspace, IEnumerable<string> places, PresenceMoveKind manner,
        CancellationToken cancellation)
    {
        var wanted = places.Distinct().Select(place => new PresenceLocation(workspace, place, user)).ToList();
        if (wanted.Exists(location => !PresenceLocation.IsPlace(location.Place)))
            return Problem.Invalid(field, "error.not_a_place");
        var kept = (locations ?? []).FindAll(location => location.Workspace != workspace);
        if (kept.Count + wanted.Count > PresenceLocation.PlacesMax)
            return Problem.Invalid(field, "error.too_many", PresenceLocation.PlacesMax);
        var other = wanted.FindAll(location => locations?.Contains(location) is not true);
        var came = await finder.Find(other, cancellation);
        if (came.Count < other.Count && manner != PresenceMoveKind.Returning)
            return Problem.Invalid(field, "error.no_such_place");
        wanted.RemoveAll(location => other.Contains(location) && !came.Contains(location));
        var left = (locations ?? []).FindAll(location => location.Workspace == workspace && !wanted.Contains(location));
        if (!presence.Move(came, left, isGoodbye: manner == PresenceMoveKind.Goodbye))
            return Problem.Invalid(field, "error.too_many", PresenceLocation.PlacesPerAccountMax);
        locations = kept.Count + wanted.Count == 0 ? null : [.. kept, .. wanted];
        return null;
    }

    public void Rename(string name)
    {
        if (user.Name == name) return;
        var was = user;
        user = new PresentUser(was.Id, name);
        locations = locations?.ConvertAll(location => location with { Visitor = user });
        presence.Rename(was, user);
    }

    /// <summary>Shows other users that this user is typing at a location.</summary>
    /// <returns>A problem with the status 422 if the location does not exist; otherwise null.</returns>
    public async Task<Problem?> Type(string field, long workspace, string place, CancellationToken cancellation)
    {
        var location = new PresenceLocation(workspace, place, user);
        if ((await finder.Find([location], cancellation)).Count == 0) return Problem.Invalid(
            field, "error.no_such_place");
        presence.Type(location);
        return null;
    }

    public void Leave(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        foreach (var location in locations ?? [])
            if (location.Workspace == ring.Feed) presence.Depart(location);
        locations = locations?.FindAll(location => location.Workspace != ring.Feed);
        presence.Depart(InWorkspace(ring.Feed));
    }

    /// <summary>Called at the end of a long poll. Keeps the user present until the client's next poll.</summary>
    public void Linger(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        pollers.Keep(InWorkspace(ring.Feed));
        foreach (var place in PlacesIn(ring.Feed)) pollers.Keep(new PresenceLocation(ring.Feed, place, user));
    }

    private PresenceLocation InWorkspace(long workspace) => new(workspace, "", user);
}
