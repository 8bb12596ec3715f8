using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>Posts a message to a room. The first message about an item creates the item's room.</summary>
internal static class PostMessage
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static RequestWrite Handle(
        RequestFields fields, CurrentWorkspace workspace, RoomReference name, Settings settings)
    {
        var text = Message.ReadText(fields);
        return workspace.Write(Role.Viewer, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var said = await Apply(tx, workspace.Id, name, text, settings);
            return said.Then(message => Answered($"{workspace.Api}/rooms/{name}/messages/{message.Id}", message));
        });
    }

    public static ApiResponse Answered(string location, Message message) =>
        ApiResponse.Created(location, message, ChatJson.Default.Message, message.Version);

    public static async Task<Result<Message>> Apply(
        WriteTransaction tx, long workspace, RoomReference name, string text, Settings settings)
    {
        if (await IsTooMuch(tx, settings) is { } problem) return problem;
        var room = await Room.Lock(tx, workspace, name) ?? await Open(tx, workspace, name);
        if (room is null) return Problem.NotFound;
        if (room.ArchivedAt is not null) return new Problem(StatusCodes.Status409Conflict, "room_archived");
        var message = new Message
        {
            Id = 0,
            Room = room.Id,
            Item = room.Item,
            Text = text,
            Author = tx.Actor.Name,
            Version = 1,
            CreatedAt = tx.Now,
            CreatedBy = tx.Actor.Id!.Value,
            EditedAt = null,
            DeletedAt = null,
        };
        message = message with { Id = await Insert(tx, message) };
        await tx.Execute("update room set latest = @Id where id = @Room", message);
        var mentions = await Mentions.Find(tx, workspace, text);
        tx.Record(workspace, message.Id, message.Version, new MessagePosted
        {
            Room = message.Room,
            Item = message.Item,
            Text = text,
            Mentions = mentions,
        });
        return message;
    }

    /// <summary>Creates the room of an item if there is none; null if the workspace has no such item.</summary>
    private static async Task<Room?> Open(WriteTransaction tx, long workspace, RoomReference name)
    {
        if (name.Item is null) return null;
        await tx.Execute(
            """
            insert into room (workspace_id, item_id, name, created_at)
            select workspace_id, id, '', @Now from item where id = @Item and workspace_id = @Workspace
            on conflict do nothing
            """, new { name.Item, Workspace = workspace, tx.Now });
        return await Room.Lock(tx, workspace, name);
    }

    private static async Task<Problem?> IsTooMuch(WriteTransaction tx, Settings settings)
    {
        if (settings.AreLimitsOff) return null;
        await Account.LockForUpdate(tx, tx.Actor.Id!.Value);
        var recent = await tx.First<long>(
            """
            select count(*) from (
              select 1 from message where created_by = @Account and created_at > @Since limit @Max) recent
            """, new { Account = tx.Actor.Id, Since = tx.Now - Window, Max = settings.MessagesPerMinute });
        var seconds = (int)Window.TotalSeconds;
        return recent < settings.MessagesPerMinute
            ? null
            : new Problem(StatusCodes.Status429TooManyRequests, "too_many_requests", seconds)
            {
                RetryAfterSeconds = seconds,
            };
    }

    private static Task<long> Insert(WriteTransaction tx, Message message) => tx.First<long>(
        """
        insert into message (room_id, text, version, created_at, created_by)
        values (@Room, @Text, @Version, @CreatedAt, @CreatedBy)
        returning id
        """, message);
}
