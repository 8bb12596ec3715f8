using Pacil.Identity.Erasure;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Chat;

internal static class ChatRoutes
{
    public static void AddChat(this IServiceCollection services)
    {
        services.AddSingleton(SendMessageCommand.Handler);
        services.AddSingleton(Room.Place);
        services.AddSingleton<ErasureStep>(MarkRoomRead.Erase);
    }

    public static void MapChat(this IEndpointRouteBuilder workspace)
    {
        var rooms = workspace.MapGroup("/rooms").WithTags("Chat");
        rooms.MapGet("", ListRooms.Handle).WithOperation("listRooms", "List the rooms.")
            .WithParameters(ListRooms.Asked).Produces<List<Room>>();
        rooms.MapPost("", ChangeRoom.HandleCreate).WithOperation("createRoom", "Open a room.")
            .Accepts<RoomBody>().Produces<Room>(201).Refuses(409, "too_many_rooms");
        rooms.MapGet("/{room}", ListRooms.HandleOne).WithOperation("readRoom", "Read a room.").Produces<Room>();
        rooms.MapPatch("/{room}", ChangeRoom.Handle).WithOperation("changeRoom", "Rename, archive or restore a room.")
            .WithParameters(Versions.Asked).Accepts<RoomPatch>().Produces<Room>()
            .Refuses(409, "room_fixed", "too_many_rooms");
        rooms.MapPost("/{room}/read", MarkRoomRead.Handle)
            .WithOperation("markRoomRead", "Mark the messages of a room as read.")
            .Accepts<MarkRoomRead.Request>().Produces<MarkRoomRead.Response>();

        var messages = rooms.MapGroup("/{room}/messages").WithParameters(Parameter.Id("id", "A message of the room."));
        messages.MapGet("", ListMessages.Handle).WithOperation("listMessages", "List the messages, newest first.")
            .WithParameters(Paging.Asked).Produces<List<Message>>();
        messages.MapPost("", PostMessage.Handle).WithOperation("postMessage", "Send a message to a room.")
            .Accepts<MessageBody>().Produces<Message>(201).Refuses(409, "room_archived");
        messages.MapGet("/{id:long}", ListMessages.HandleOne).WithOperation("readMessage", "Read a message.")
            .WithParameters(Versions.AskedKnown).Produces<Message>().Produces(304);
        messages.MapPatch("/{id:long}", ChangeMessage.Handle).WithOperation("changeMessage", "Edit a message.")
            .WithParameters(Versions.Asked).Accepts<MessageBody>().Produces<Message>().Refuses(409, "message_deleted");
        messages.MapDelete("/{id:long}", ChangeMessage.HandleDelete)
            .WithOperation("deleteMessage", "Delete the text of a message.")
            .WithParameters(Versions.Asked).Produces<Message>();
    }
}
