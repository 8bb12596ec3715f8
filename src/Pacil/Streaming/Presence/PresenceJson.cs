using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Streaming.Presence;

/// <summary>JSON of the messages between processes.</summary>
[JsonSerializable(typeof(PresenceMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class PresenceJson : JsonSerializerContext
{
    /// <summary>
    /// Escapes only what JSON requires. Otherwise, a name of 150 plus signs would take six times as many bytes in the
    /// queue of messages. No browser reads these messages.
    /// </summary>
    public static readonly PresenceJson Short = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
