using System.Globalization;

namespace Pacil.Feed;

/// <summary>What one other process says.</summary>
internal sealed class PresencePeer(Presence presence)
{
    private HashSet<Spot> spots = [];
    private HashSet<Spot>? stated;

    /// <summary>The clock's timestamp.</summary>
    public long HeardAt { get; set; }

    public void Hear(string line)
    {
        if (line == "[") stated = [];
        else if (line[0] == ']')
        {
            // Where a line was lost on the way, the next time tells.
            if (stated is not null && line == $"]{stated.Count}") Keep(stated);
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
        else if (sign == '+')
        {
            stated?.Add(spot);
            if (spots.Add(spot)) presence.Hear(spot, isThere: true);
        }
        else if (spots.Remove(spot))
        {
            stated?.Remove(spot);
            presence.Hear(spot, isThere: false);
        }
    }

    private static Spot? Read(string line) =>
        line[1..].Split(' ', 4) is [var workspace, var place, var account, var name]
        && long.TryParse(workspace, NumberStyles.None, CultureInfo.InvariantCulture, out var feed)
        && long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new Spot(feed, place, new Visitor(id, name))
            : null;
}
