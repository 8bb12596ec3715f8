using Pacil.Data;

namespace Pacil.Streaming.Presence;

/// <summary>A kind of location: <c>item</c> in <c>item:9</c>. The slice that owns it registers it.</summary>
/// <param name="Find">Returns which of these ids belong to the workspace; it needs an index.</param>
internal sealed record PresenceLocationKind(
    string Name, Func<Connection, long, IReadOnlyList<long>, Task<List<long>>> Find);
