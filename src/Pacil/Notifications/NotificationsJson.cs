using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Notifications;

[JsonSerializable(typeof(List<Notification>))]
[JsonSerializable(typeof(NotificationPreferences))]
[JsonSerializable(typeof(MarkRead.Response))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class NotificationsJson : JsonSerializerContext;
