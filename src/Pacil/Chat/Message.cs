using Pacil.Data;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>Something somebody said. It is text, and never anything else.</summary>
internal record Message
{
    public const int LengthMax = 4_000;

    public required long Id { get; init; }

    /// <summary>The room it was said in.</summary>
    public required long Room { get; init; }

    /// <summary>The item that the room is about; null where it is about none.</summary>
    public required long? Item { get; init; }

    /// <summary>Lines end with \n; empty once it is deleted.</summary>
    public required string Text { get; init; }

    /// <summary>Who said it, as they are called now.</summary>
    public required string Author { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required long CreatedBy { get; init; }

    /// <summary>When it was last changed; null: never.</summary>
    public required DateTime? EditedAt { get; init; }

    /// <summary>Since when it says nothing any more.</summary>
    public required DateTime? DeletedAt { get; init; }

    /// <summary>For a select from message join room join account.</summary>
    public const string Columns =
        """
        message.id, message.room_id as room, room.item_id as item, message.text, account.username as author,
        message.version, message.created_at, message.created_by, message.edited_at, message.deleted_at
        """;

    /// <summary>Whether they may change it: their own, or any as a manager.</summary>
    public bool IsFor(long account, Role role) => DeletedAt is null && (CreatedBy == account || role >= Role.Manager);

    /// <summary>Null where that room has no such message, or the account may not see it.</summary>
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

    /// <summary>The same for a write that will change it: their own, or any as a manager.</summary>
    /// <returns>404, 403 where it is not theirs to change.</returns>
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

    /// <summary>The field <c>text</c>: up to 4,000 characters, and not nothing.</summary>
    public static string ReadText(RequestFields fields) => fields.Lines("text", LengthMax, required: true).Trim();
}
