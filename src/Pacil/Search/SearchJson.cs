using System.Text.Json.Serialization;

namespace Pacil.Search;

[JsonSerializable(typeof(List<string>))]
internal sealed partial class SearchJson : JsonSerializerContext;
