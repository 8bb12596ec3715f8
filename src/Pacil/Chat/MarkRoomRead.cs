using Pacil.Data;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// Marks the messages of a room as read, all of them or up to a given message. The stored id of the last read message
/// never decreases. The log has no entry about it, because other members must not see how far a user has read.
/// </summary>
internal static class MarkRoomRead
{
    /// <param name="Through">The id of the newest message that the user has seen; null for all messages.</param>
    [Example("""{"through": 31}""")]
    public sealed record Request(long? Through = null);

    [Example("""{"unread": 0}""")]
    public sealed record Response(long Unread);

    public static RequestWrite Handle(RequestFields fields, CurrentWorkspace workspace, RoomReference name)
    {
        var through = fields.Integer("through", 0, RequestFields.IntegerMax);
        return workspace.Write(Role.Viewer, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var room = await Room.Find(tx, workspace.Id, workspace.Account, name);
            if (room is null) return Problem.NotFound;
            await tx.Execute(
                """
                insert into room_read (account_id, room_id, message_id) values (@Account, @Room, @Through)
                on conflict (account_id, room_id) do update set message_id = excluded.message_id
                where room_read.message_id < excluded.message_id
                """,
                new { workspace.Account, Room = room.Id, Through = Math.Min(through ?? room.Latest, room.Latest) });
            var read = (await Room.Find(tx, workspace.Id, workspace.Account, name))!;
            return ApiResponse.Ok(new Response(read.Unread), ChatJson.Default.Response);
        }, allowClosed: true);
    }

    public static Task Erase(WriteTransaction tx, long account) =>
        tx.Execute("delete from room_read where account_id = @Account", new { Account = account });
}
