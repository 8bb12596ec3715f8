using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Items.Stock;

[JsonSerializable(typeof(Movement))]
[JsonSerializable(typeof(List<Movement>))]
[JsonSerializable(typeof(StockMoved))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class StockJson : JsonSerializerContext;
