using System.Text.Json.Serialization;
using Pacil.Chat.Events;
using Pacil.Web;

namespace Pacil.Chat;

[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(List<Room>))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(List<Message>))]
[JsonSerializable(typeof(MarkRoomRead.Response))]
[JsonSerializable(typeof(RoomCreated))]
[JsonSerializable(typeof(RoomRenamed))]
[JsonSerializable(typeof(RoomArchived))]
[JsonSerializable(typeof(RoomRestored))]
[JsonSerializable(typeof(MessagePosted))]
[JsonSerializable(typeof(MessageEdited))]
[JsonSerializable(typeof(MessageRedacted))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class ChatJson : JsonSerializerContext;
