using System.Globalization;
using Pacil.Accounts;

namespace Pacil.Feed;

/// <summary>
/// What one other process says. Only who may sign in to the database can speak here; what it takes to listen is
/// bounded all the same.
/// </summary>
/// <param name="isFull">Whether as many are believed to be elsewhere as may be.</param>
internal sealed class PresencePeer(Presence presence, Func<bool> isFull)
{
    private HashSet<Spot> spots = [];
    private HashSet<Spot>? stated;

    /// <summary>How many of those that it states are not believed.</summary>
    private int refused;

    /// <summary>How many it has said to be there.</summary>
    public int Count => spots.Count;

    /// <summary>The clock's timestamp.</summary>
    public long HeardAt { get; set; }

    public void Hear(string line)
    {
        if (line == "[") (stated, refused) = ([], 0);
        else if (line[0] == ']')
        {
            // Where a line was lost on the way, the next time tells.
            if (stated is not null && line == $"]{stated.Count + refused}") Keep(stated);
            stated = null;
        }
        else if (Read(line) is { } spot) Hear(line[0], spot);
    }

    /// <summary>Whoever is not among them is no longer there.</summary>
    public void Keep(HashSet<Spot> kept)
    {
        foreach (var spot in spots)
            if (!kept.Contains(spot)) presence.Hear(spot, isThere: false);
        spots = kept;
    }

    private void Hear(char sign, Spot spot)
    {
        if (sign == '~') presence.Type(spot, isElsewhere: true);
        else if (sign == '+') Believe(spot);
        else if (spots.Remove(spot))
        {
            stated?.Remove(spot);
            presence.Hear(spot, isThere: false);
        }
    }

    private void Believe(Spot spot)
    {
        if (spots.TryGetValue(spot, out var known)) stated?.Add(known);
        else if (isFull()) refused++;
        else
        {
            stated?.Add(spot);
            spots.Add(spot);
            presence.Hear(spot, isThere: true);
        }
    }

    private static Spot? Read(string line) =>
        line[1..].Split(' ', 4) is [var workspace, var place, var account, var name]
        && long.TryParse(workspace, NumberStyles.None, CultureInfo.InvariantCulture, out var feed)
        && long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && (place.Length == 0 || Spot.IsPlace(place)) && Account.IsUsername(name)
            ? new Spot(feed, place, new Visitor(id, name))
            : null;
}
