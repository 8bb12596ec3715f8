using System.Text.Json.Serialization;

namespace Pacil.Streaming.Presence;

/// <summary>JSON of the messages between processes.</summary>
[JsonSerializable(typeof(PresenceMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class PresenceJson : JsonSerializerContext;
