using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// Finds out which of the places that somebody names are there. The database is asked for those at which nobody is:
/// where somebody is, it has been asked before.
/// </summary>
internal sealed class PlaceFinder(Database database, Presence presence, IEnumerable<PlaceKind> kinds)
{
    /// <param name="spots">Places by their syntax, of one workspace, each once.</param>
    /// <returns>Those that are there.</returns>
    /// <exception cref="DatabaseUnavailable">Nobody knows.</exception>
    public async Task<List<Spot>> Find(List<Spot> spots, CancellationToken cancellation)
    {
        var unknown = spots.FindAll(spot => spot.Place != Spot.Lobby && !presence.IsSomebodyAt(spot));
        if (unknown.Count == 0) return spots;
        var found = await database.Read(connection => Find(connection, unknown), cancellation);
        return spots.FindAll(spot => !unknown.Contains(spot) || found.Contains(spot.Place));
    }

    private async Task<HashSet<string>> Find(Connection connection, List<Spot> spots)
    {
        var found = new HashSet<string>();
        foreach (var kind in kinds)
        {
            var prefix = $"{kind.Name}:";
            var ids = spots.FindAll(spot => spot.Place.StartsWith(prefix, StringComparison.Ordinal))
                .ConvertAll(spot => long.Parse(spot.Place.AsSpan(prefix.Length), Spot.Culture));
            if (ids.Count == 0) continue;
            foreach (var id in await kind.Find(connection, spots[0].Workspace, ids))
                found.Add(string.Create(Spot.Culture, $"{prefix}{id}"));
        }
        return found;
    }
}
