using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// A kind of location, as <c>item</c> in <c>item:9</c>. Registered as a service by the slice that owns it.
/// </summary>
/// <param name="Find">Returns which of these ids belong to the workspace, by an index.</param>
internal sealed record PresenceLocationKind(
    string Name, Func<Connection, long, IReadOnlyList<long>, Task<List<long>>> Find);
