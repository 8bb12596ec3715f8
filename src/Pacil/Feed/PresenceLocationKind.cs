using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// A kind of place where somebody may be, as <c>item</c> in <c>item:9</c>. Registered as a service by the slice whose
/// places these are.
/// </summary>
/// <param name="Find">Which of these numbers are of the workspace, from an index.</param>
internal sealed record PresenceLocationKind(
    string Name, Func<Connection, long, IReadOnlyList<long>, Task<List<long>>> Find);
