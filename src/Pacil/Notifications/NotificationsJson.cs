using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Notifications;

[JsonSerializable(typeof(List<Notification>))]
[JsonSerializable(typeof(NotificationPreferences))]
[JsonSerializable(typeof(MarkRead.Response))]
[JsonSerializable(typeof(NotificationAdded))]
[JsonSerializable(typeof(NotificationsRead))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class NotificationsJson : JsonSerializerContext;
