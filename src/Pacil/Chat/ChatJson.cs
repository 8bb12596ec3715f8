using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Chat;

[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(List<Room>))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(List<Message>))]
[JsonSerializable(typeof(MarkRoomRead.Response))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class ChatJson : JsonSerializerContext;
