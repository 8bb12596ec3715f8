using System.Text.Json.Serialization;

namespace Pacil.Drafts;

[JsonSerializable(typeof(SavedDraft))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class DraftsJson : JsonSerializerContext;
