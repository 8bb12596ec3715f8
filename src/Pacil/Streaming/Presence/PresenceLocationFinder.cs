using Pacil.Data;

namespace Pacil.Streaming.Presence;

/// <summary>
/// Checks which locations exist. A location at which a user is present was checked when the user arrived. Only the
/// other locations are looked up in the database.
/// </summary>
internal sealed class PresenceLocationFinder(
    Database database, PresenceTracker presence, IEnumerable<PresenceLocationKind> kinds)
{
    /// <param name="locations">Distinct locations of one workspace, with valid syntax.</param>
    public async Task<List<PresenceLocation>> Find(List<PresenceLocation> locations, CancellationToken cancellation)
    {
        var unknown = locations.FindAll(location =>
            location.Place != PresenceLocation.Lobby && !presence.IsSomebodyAt(location));
        if (unknown.Count == 0) return locations;
        var found = await database.Read(connection => Find(connection, unknown), cancellation);
        return locations.FindAll(location => !unknown.Contains(location) || found.Contains(location.Place));
    }

    private async Task<HashSet<string>> Find(Connection connection, List<PresenceLocation> locations)
    {
        var found = new HashSet<string>();
        foreach (var kind in kinds)
        {
            var prefix = $"{kind.Name}:";
            var ids = locations.FindAll(location => location.Place.StartsWith(prefix, StringComparison.Ordinal))
                .ConvertAll(location => long.Parse(location.Place.AsSpan(prefix.Length), PresenceLocation.Culture));
            if (ids.Count == 0) continue;
            foreach (var id in await kind.Find(connection, locations[0].Workspace, ids))
                found.Add(string.Create(PresenceLocation.Culture, $"{prefix}{id}"));
        }
        return found;
    }
}
