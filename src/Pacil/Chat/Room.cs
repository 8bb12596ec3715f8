using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;

namespace Pacil.Chat;

/// <summary>Where the members of a workspace talk, as one of them sees it. Every member sees every room.</summary>
internal record Room
{
    public const int NameLengthMax = 80;

    /// <summary>Unread messages are counted so far.</summary>
    public const int UnreadMax = 100;

    public required long Id { get; init; }

    /// <summary>What is said about an item is called like the item.</summary>
    public required string Name { get; init; }

    /// <summary>The item that it is about; null where it is about none.</summary>
    public required long? Item { get; init; }

    /// <summary>The room that every workspace has: neither renamed nor archived.</summary>
    public required bool Lobby { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Since when it can be read, but not written in.</summary>
    public required DateTime? ArchivedAt { get; init; }

    /// <summary>Messages of others since the caller joined and not read yet; 100 stands for more, too.</summary>
    public required long Unread { get; init; }

    /// <summary>The newest message; 0 while there is none.</summary>
    public required long Latest { get; init; }

    /// <summary>How requests name it.</summary>
    [JsonIgnore]
    public RoomReference Address =>
        Lobby ? RoomReference.Lobby : Item is { } item ? RoomReference.About(item) : new RoomReference(Id, null);

    /// <summary>For a select from room, left join item; of a member as @Account who joined at me.joined_at.</summary>
    public const string Columns =
        """
        room.id, coalesce(item.name, room.name) as name, room.item_id as item, room.lobby, room.version,
        room.created_at, room.archived_at, room.latest,
        (select count(*) from (
          select 1 from message
          where message.room_id = room.id and message.created_by <> @Account and message.deleted_at is null
            and message.created_at >= me.joined_at and message.id > coalesce((
              select message_id from room_read where account_id = @Account and room_read.room_id = room.id), 0)
          limit 100) few) as unread
        """;

    /// <summary>For a select of <see cref="Columns"/>: the rooms of @Workspace, where @Account is a member.</summary>
    public const string Source =
        """
        member me
        join room on room.workspace_id = me.workspace_id
        left join item on item.id = room.item_id
        """;

    /// <summary>Where somebody may be: in a room, also one that is archived.</summary>
    public static readonly PresenceLocationKind Place = new("room", (connection, workspace, ids) =>
        connection.Query<long>(
        $"""
        select id from room where workspace_id = @Workspace and id {connection.Dialect.Among("@Ids")}
        """, new { Workspace = workspace, Ids = connection.Dialect.List(ids) }));

    /// <summary>Null where there is none, or none that the account may see.</summary>
    public static Task<Room?> Find(Connection connection, long workspace, long account, RoomReference name) =>
        connection.First<Room>(
            $"""
            select {Columns} from {Source}
            where me.workspace_id = @Workspace and me.account_id = @Account and {name.Chosen}
            """, new { Workspace = workspace, Account = account, name.Id, name.Item });

    /// <summary>The same for a write, which others who write there wait for.</summary>
    public static async Task<Room?> Lock(WriteTransaction tx, long workspace, RoomReference name)
    {
        await tx.First<long>(
            $"""
            select id from room where workspace_id = @Workspace and {name.Chosen}
            {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
            """, new { Workspace = workspace, name.Id, name.Item });
        return await Find(tx, workspace, tx.Actor.Id!.Value, name);
    }

    public static string ReadName(RequestFields fields) => fields.Line("name", NameLengthMax, required: true);
}
