using Pacil.Web;

namespace Pacil.Feed;

/// <summary>Where one connection says that its person is: in each workspace it follows, at places of it.</summary>
/// <param name="isCounted">False for one that only looks: nobody hears of it.</param>
internal sealed class Visit(Presence presence, Pollers pollers, Visitor visitor, bool isCounted)
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
    /// <param name="isGoodbye">They leave the others for good; else they are waited for, as after a reload.</param>
    /// <returns>422 where they are too many, or one is none.</returns>
    public Problem? Move(string field, long workspace, IEnumerable<string> places, bool isGoodbye = false)
    {
        var wanted = places.Distinct().Select(place => new Spot(workspace, place, visitor)).ToList();
        if (wanted.Exists(spot => !Spot.IsPlace(spot.Place))) return Problem.Invalid(field, "error.not_a_place");
        var kept = (spots ?? []).FindAll(spot => spot.Workspace != workspace);
        if (kept.Count + wanted.Count > Spot.PlacesMax)
            return Problem.Invalid(field, "error.too_many", Spot.PlacesMax);
        var left = (spots ?? []).FindAll(spot => spot.Workspace == workspace && !wanted.Contains(spot));
        foreach (var spot in wanted)
            if (spots?.Contains(spot) is not true) presence.Arrive(spot);
        foreach (var spot in left) presence.Depart(spot, isGoodbye);
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
    public void Type(long workspace, string place) => presence.Type(new Spot(workspace, place, visitor));

    /// <summary>Goes from a workspace that the connection follows no more.</summary>
    public void Leave(FeedRing ring)
    {
        if (!isCounted || !ring.IsWorkspace) return;
        Move("", ring.Feed, []);
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
