using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Items.Stock;

[JsonSerializable(typeof(Movement))]
[JsonSerializable(typeof(List<Movement>))]
[JsonSerializable(typeof(StockMoved))]
[JsonSerializable(typeof(StockLow))]
[JsonSerializable(typeof(StockRecovered))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class StockJson : JsonSerializerContext;
