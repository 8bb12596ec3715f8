using System.Text.Json.Serialization;
using Pacil.Items.Bulk;
using Pacil.Items.Events;
using Pacil.Web;

namespace Pacil.Items;

[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(List<Item>))]
[JsonSerializable(typeof(ArchiveItem.Response))]
[JsonSerializable(typeof(Star))]
[JsonSerializable(typeof(ItemChanged))]
[JsonSerializable(typeof(ItemStarred))]
[JsonSerializable(typeof(ItemUnstarred))]
[JsonSerializable(typeof(BulkItems.Done))]
[JsonSerializable(typeof(BulkPreview))]
[JsonSerializable(typeof(List<BulkRefusal>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class ItemsJson : JsonSerializerContext;
