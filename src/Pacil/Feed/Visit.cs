using Pacil.Web;

namespace Pacil.Feed;

/// <summary>Where one connection says that its person is: in each workspace it follows, at places of it.</summary>
/// <param name="isCounted">False for one that only looks: nobody hears of it.</param>
internal sealed class Visit(
    Presence presence, Pollers pollers, PlaceFinder finder, Visitor visitor, bool isCounted)
{
    private Visitor visitor = visitor;
    private List<Spot>? spots;

    /// <summary>Comes into a workspace that the connection follows from now on.</summary>
    public Crowd? Enter(FeedRing ring) =>
        isCounted && ring.IsWorkspace ? presence.Arrive(InWorkspace(ring.Feed), ring.Followers) : null;

    /// <summary>The places in a workspace, as they were said.</summary>
    public IEnumerable<string> PlacesIn(long workspace) =>
        (spots ?? []).Where(spot => spot.Workspace == workspace).Select(spot => spot.Place);

    /// <summary>Says anew at which places of a workspace the person is.</summary>
    /// <returns>422 where they are too many, or one is none; or is not there, unless they come back to it.</returns>
    public async Task<Problem?> Move(
        string field, long workspace, IEnumerable<string> places, Manner manner, CancellationToken cancellation)
    {
        var wanted = places.Distinct().Select(place => new Spot(workspace, place, visitor)).ToList();
        if (wanted.Exists(spot => !Spot.IsPlace(spot.Place))) return Problem.Invalid(field, "error.not_a_place");
        var kept = (spots ?? []).FindAll(spot => spot.Workspace != workspace);
        if (kept.Count + wanted.Count > Spot.PlacesMax)
            return Problem.Invalid(field, "error.too_many", Spot.PlacesMax);
        var other = wanted.FindAll(spot => spots?.Contains(spot) is not true);
        var came = await finder.Find(other, cancellation);
        if (came.Count < other.Count && manner != Manner.Returning)
            return Problem.Invalid(field, "error.no_such_place");
        wanted.RemoveAll(spot => other.Contains(spot) && !came.Contains(spot));
        var left = (spots ?? []).FindAll(spot => spot.Workspace == workspace && !wanted.Contains(spot));
        if (!presence.Move(came, left, isGoodbye: manner == Manner.Goodbye))
            return Problem.Invalid(field, "error.too_many", Spot.PlacesPerAccountMax);
        spots = kept.Count + wanted.Count == 0 ? null : [.. kept, .. wanted];
        return null;
    }

    /// <summary>What the person is called by now.</summary>
    public void Rename(string name)
    {
        if (visitor.Name == name) return;
        var was = visitor;
        visitor = new Visitor(was.Id, name);
        spots = spots?.ConvertAll(spot => spot with { Visitor = visitor });
        presence.Rename(was, visitor);
    }

    /// <summary>Tells the others that the person types there.</summary>
    /// <returns>422 where the place is not there.</returns>
    public async Task<Problem?> Type(string field, long workspace, string place, CancellationToken cancellation)
    {
        var spot = new Spot(workspace, place, visitor);
        if ((await finder.Find([spot], cancellation)).Count == 0) return Problem.Invalid(field, "error.no_such_place");
        presence.Type(spot);
        return null;
    }

    /// <summary>Goes from a workspace that the connection follows no more.</summary>
    public void Leave(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        foreach (var spot in spots ?? [])
            if (spot.Workspace == ring.Feed) presence.Depart(spot);
        spots = spots?.FindAll(spot => spot.Workspace != ring.Feed);
        presence.Depart(InWorkspace(ring.Feed));
    }

    /// <summary>A poll is over: its person counts as here for a while.</summary>
    public void Linger(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        pollers.Keep(InWorkspace(ring.Feed));
        foreach (var place in PlacesIn(ring.Feed)) pollers.Keep(new Spot(ring.Feed, place, visitor));
    }

    private Spot InWorkspace(long workspace) => new(workspace, "", visitor);
}
