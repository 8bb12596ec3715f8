using Pacil.Data;

namespace Pacil.Streaming.Presence;

/// <summary>
/// A kind of location, such as <c>item</c> in <c>item:9</c>. The folder of the feature, such as Items, registers the
/// kind as a service.
/// </summary>
/// <param name="Find">Returns those of the given ids that belong to the workspace. The query needs an index.</param>
internal sealed record PresenceLocationKind(
    string Name, Func<Connection, long, IReadOnlyList<long>, Task<List<long>>> Find);
