using Pacil.Identity.Erasure;
using Pacil.Web;

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
        rooms.MapGet("", ListRooms.Handle).WithParameters(ListRooms.Asked).Produces<List<Room>>();
        rooms.MapPost("", ChangeRoom.HandleCreate).Accepts<RoomBody>().Produces<Room>(201);
        rooms.MapGet("/{room}", ListRooms.HandleOne).Produces<Room>();
        rooms.MapPatch("/{room}", ChangeRoom.Handle).WithParameters(Versions.Asked).Accepts<RoomBody>()
            .Produces<Room>();
        rooms.MapPost("/{room}/read", MarkRoomRead.Handle)
            .Accepts<MarkRoomRead.Request>().Produces<MarkRoomRead.Response>();

        var messages = rooms.MapGroup("/{room}/messages");
        messages.MapGet("", ListMessages.Handle).WithParameters(Paging.Asked).Produces<List<Message>>();
        messages.MapPost("", PostMessage.Handle).Accepts<MessageBody>().Produces<Message>(201);
        messages.MapGet("/{id:long}", ListMessages.HandleOne).Produces<Message>();
        messages.MapPatch("/{id:long}", ChangeMessage.Handle)
            .WithParameters(Versions.Asked).Accepts<MessageBody>().Produces<Message>();
        messages.MapDelete("/{id:long}", ChangeMessage.HandleDelete).WithParameters(Versions.Asked).Produces<Message>();
    }
}
