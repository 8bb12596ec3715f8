using System.Globalization;
using Pacil.Identity.Accounts;

namespace Pacil.Streaming.Presence;

/// <summary>
/// The users that one other process reports as present. Only processes with access to the database can send reports.
/// The memory for the reports is limited nevertheless.
/// </summary>
/// <param name="isFull">Returns whether the reports of all other processes together have reached their limit.</param>
internal sealed class PresencePeer(PresenceTracker presence, Func<bool> isFull)
{
    private HashSet<PresenceLocation> locations = [];
    private HashSet<PresenceLocation>? stated;

    /// <summary>
    /// The number of reports that were refused after the current full list began. The count at the end of the list
    /// includes the refused reports.
    /// </summary>
    private int refused;

    public int Count => locations.Count;

    /// <summary>The time at which the process's last message arrived, as a timestamp of the clock.</summary>
    public long HeardAt { get; set; }

    public void Receive(string line)
    {
        if (line == "[") (stated, refused) = ([], 0);
        else if (line[0] == ']')
        {
            // If a line of the list was lost, the count is wrong, and the list is ignored until the next full list.
            if (stated is not null && line == $"]{stated.Count + refused}") Keep(stated);
            stated = null;
        }
        else if (Read(line) is { } location) Receive(line[0], location);
    }

    /// <summary>Removes all locations except those in <paramref name="kept"/>.</summary>
    public void Keep(HashSet<PresenceLocation> kept)
    {
        foreach (var location in locations)
            if (!kept.Contains(location)) presence.Hear(location, isThere: false);
        locations = kept;
    }

    private void Receive(char sign, PresenceLocation location)
    {
        if (sign == '~') presence.Type(location, isElsewhere: true);
        else if (sign == '+') Believe(location);
        else if (locations.Remove(location))
        {
            stated?.Remove(location);
            presence.Hear(location, isThere: false);
        }
    }

    private void Believe(PresenceLocation location)
    {
        if (locations.TryGetValue(location, out var known)) stated?.Add(known);
        else if (isFull()) refused++;
        else
        {
            stated?.Add(location);
            locations.Add(location);
            presence.Hear(location, isThere: true);
        }
    }

    private static PresenceLocation? Read(string line) =>
        line[1..].Split(' ', 4) is [var workspace, var place, var account, var name]
        && long.TryParse(workspace, NumberStyles.None, CultureInfo.InvariantCulture, out var feed)
        && long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && (place.Length == 0 || PresenceLocation.IsPlace(place)) && Account.IsUsername(name)
            ? new PresenceLocation(feed, place, new PresentUser(id, name))
            : null;
}
