using Pacil.Data;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>A message in a room. Its text has no markup.</summary>
[Example(
    """
    {
      "id": 31, "room": 3, "item": null, "text": "Who took the last cells?", "author": "ana", "version": 1,
      "created_at": "2026-11-21T08:14:05.120Z", "created_by": 1, "edited_at": null, "deleted_at": null
    }
    """)]
internal record Message
{
    public const int LengthMax = 4_000;

    public required long Id { get; init; }

    public required long Room { get; init; }

    /// <summary>The id of the item that the room is about; null for other rooms.</summary>
    public required long? Item { get; init; }

    /// <summary>Lines are separated by \n. The text of a deleted message is empty.</summary>
    public required string Text { get; init; }

    /// <summary>The author's current user name.</summary>
    public required string Author { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required long CreatedBy { get; init; }

    public required DateTime? EditedAt { get; init; }

    public required DateTime? DeletedAt { get; init; }

    /// <summary>The columns for a select from <c>message join room join account</c>.</summary>
    public const string Columns =
        """
        message.id, message.room_id as room, room.item_id as item, message.text, account.username as author,
        message.version, message.created_at, message.created_by, message.edited_at, message.deleted_at
        """;

    /// <summary>Whether the account may change the message, as its author or as a manager.</summary>
    public bool IsFor(long account, Role role) => DeletedAt is null && (CreatedBy == account || role >= Role.Manager);

    /// <summary>Finds a message; null if the room has no such message or the account is not a member.</summary>
    public static Task<Message?> Find(
        Connection connection, long workspace, long account, RoomReference room, long id) =>
        connection.First<Message>(
            $"""
            select {Columns} from message
            join room on room.id = message.room_id
            join account on account.id = message.created_by
            join member on member.workspace_id = room.workspace_id and member.account_id = @Account
            where message.id = @MessageId and room.workspace_id = @Workspace and {room.Chosen}
            """, new { MessageId = id, Workspace = workspace, Account = account, room.Id, room.Item });

    /// <summary>Finds and locks a message that the caller may change.</summary>
    /// <returns>404 if there is no such message; 403 if the caller is neither its author nor a manager.</returns>
    public static async Task<Result<Message>> Lock(WriteTransaction tx, long workspace, RoomReference room, long id)
    {
        var account = tx.Actor.Id!.Value;
        await tx.First<long>(
            $"select id from message where id = @Id {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
            new { Id = id });
        if (await Find(tx, workspace, account, room, id) is not { } message) return Problem.NotFound;
        var me = (await Member.Find(tx, workspace, account))!;
        return message.CreatedBy == account || me.Role >= Role.Manager ? message : Problem.Forbidden;
    }

    public static string ReadText(RequestFields fields) => fields.Lines("text", LengthMax, required: true).Trim();
}
