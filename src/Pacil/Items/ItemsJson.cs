using System.Text.Json.Serialization;
using Pacil.Items.Bulk;
using Pacil.Web;

namespace Pacil.Items;

[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(List<Item>))]
[JsonSerializable(typeof(ArchiveItem.Response))]
[JsonSerializable(typeof(Star))]
[JsonSerializable(typeof(BulkItems.Done))]
[JsonSerializable(typeof(BulkPreview))]
[JsonSerializable(typeof(List<BulkRefusal>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class ItemsJson : JsonSerializerContext;
