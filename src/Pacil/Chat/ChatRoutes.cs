using Pacil.Accounts;
using Pacil.Feed;
using Pacil.Web;

namespace Pacil.Chat;

internal static class ChatRoutes
{
    public static void AddChat(this IServiceCollection services)
    {
        services.AddSingleton(Say.Verb);
        services.AddSingleton(Room.Place);
        services.AddSingleton<Erasure>(MarkRoomRead.Erase);
    }

    public static void MapChat(this IEndpointRouteBuilder workspace)
    {
        var rooms = workspace.MapGroup("/rooms").WithTags("Chat");
        rooms.MapGet("", ListRooms.Handle).Asks(ListRooms.Asked).Produces<List<Room>>();
        rooms.MapPost("", ChangeRoom.HandleCreate).Takes<RoomBody>().Produces<Room>(201);
        rooms.MapGet("/{room}", ListRooms.HandleOne).Produces<Room>();
        rooms.MapPatch("/{room}", ChangeRoom.Handle).Asks(Versions.Asked).Takes<RoomBody>().Produces<Room>();
        rooms.MapPost("/{room}/read", MarkRoomRead.Handle)
            .Takes<MarkRoomRead.Request>().Produces<MarkRoomRead.Response>();

        var messages = rooms.MapGroup("/{room}/messages");
        messages.MapGet("", ListMessages.Handle).Asks(Paging.Asked).Produces<List<Message>>();
        messages.MapPost("", PostMessage.Handle).Takes<MessageBody>().Produces<Message>(201);
        messages.MapGet("/{id:long}", ListMessages.HandleOne).Produces<Message>();
        messages.MapPatch("/{id:long}", ChangeMessage.Handle)
            .Asks(Versions.Asked).Takes<MessageBody>().Produces<Message>();
        messages.MapDelete("/{id:long}", ChangeMessage.HandleDelete).Asks(Versions.Asked).Produces<Message>();
    }
}
