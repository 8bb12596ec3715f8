using System.Text.Json.Serialization;

namespace Pacil.Log.Events;

/// <summary>JSON of the events that belong to no slice.</summary>
[JsonSerializable(typeof(AccountRedacted))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class LogJson : JsonSerializerContext;
