using Pacil.Web;

namespace Pacil.Streaming.Presence;

/// <summary>The locations that one connection reports for its user, in each workspace that it follows.</summary>
/// <param name="isCounted">False for a connection that only reads: others do not see it.</param>
internal sealed class ConnectionPresence(
    PresenceTracker presence, PollingPresence pollers, PresenceLocationFinder finder, PresentUser visitor,
    bool isCounted)
{
    private PresentUser user = visitor;
    private List<PresenceLocation>? locations;

    /// <returns>Null for an uncounted connection, and for a feed that is not a workspace.</returns>
    public WorkspacePresence? Enter(FeedRing ring) =>
        isCounted && ring.IsWorkspace ? presence.Arrive(InWorkspace(ring.Feed), ring.Subscribers) : null;

    public IEnumerable<string> PlacesIn(long workspace) =>
        (locations ?? []).Where(location => location.Workspace == workspace).Select(location => location.Place);

    /// <summary>Replaces the reported locations in a workspace.</summary>
    /// <returns>422 if there are too many, or one does not exist. When returning, it is left out instead.</returns>
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

    /// <summary>Tells the others that the user types there; 422 if the location does not exist.</summary>
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

    /// <summary>Called at the end of a poll: its user stays present for a while.</summary>
    public void Linger(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        pollers.Keep(InWorkspace(ring.Feed));
        foreach (var place in PlacesIn(ring.Feed)) pollers.Keep(new PresenceLocation(ring.Feed, place, user));
    }

    private PresenceLocation InWorkspace(long workspace) => new(workspace, "", user);
}
