using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Streaming.Presence;

/// <summary>Writes the kind of a message in JSON in snake_case.</summary>
internal sealed class PresenceMessageKindName()
    : JsonStringEnumConverter<PresenceMessageKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
