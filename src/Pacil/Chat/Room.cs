using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Streaming.Presence;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Chat;

/// <summary>A room of a workspace. Every member can see every room. The unread count is the caller's own.</summary>
[Example(
    """
    {
      "id": 3, "name": "Garage", "item": null, "lobby": false, "version": 1,
      "created_at": "2026-11-21T08:14:05.120Z", "archived_at": null, "unread": 0, "latest": 31
    }
    """)]
internal record Room
{
    public const int NameLengthMax = 80;

    public required long Id { get; init; }

    /// <summary>The name of the room. The room of an item has the item's name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the item that the room is about; null for other rooms.</summary>
    public required long? Item { get; init; }

    /// <summary>
    /// Whether the room is the lobby. Each workspace has one lobby, which cannot be renamed or archived.
    /// </summary>
    public required bool Lobby { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }

    public required DateTime? ArchivedAt { get; init; }

    /// <summary>Unread messages that others wrote after the caller joined; 100 means 100 or more.</summary>
    public required long Unread { get; init; }

    /// <summary>The id of the newest message; 0 if there is none.</summary>
    public required long Latest { get; init; }

    [JsonIgnore]
    public RoomReference Address =>
        Lobby ? RoomReference.Lobby : Item is { } item ? RoomReference.About(item) : new RoomReference(Id, null);

    /// <summary>
    /// The columns for a select from <see cref="Source"/>. The parameter <c>@Account</c> is the caller's id. The WHERE
    /// clause must restrict <c>me</c> to the caller's row of the table <c>member</c>.
    /// </summary>
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

    public const string Source =
        """
        member me
        join room on room.workspace_id = me.workspace_id
        left join item on item.id = room.item_id
        """;

    /// <summary>Lets presence show who is in a room (<c>room:3</c>). Includes archived rooms.</summary>
    public static readonly PresenceLocationKind Place = new("room", (connection, workspace, ids) =>
        connection.Query<long>(
        $"""
        select id from room where workspace_id = @Workspace and id {connection.Dialect.Among("@Ids")}
        """, new { Workspace = workspace, Ids = connection.Dialect.List(ids) }));

    /// <summary>Finds a room; null if there is no such room or the account is not a member.</summary>
    public static Task<Room?> Find(Connection connection, long workspace, long account, RoomReference name) =>
        connection.First<Room>(
            $"""
            select {Columns} from {Source}
            where me.workspace_id = @Workspace and me.account_id = @Account and {name.Chosen}
            """, new { Workspace = workspace, Account = account, name.Id, name.Item });

    /// <summary>Finds a room and locks its row, so that other writes to the room wait until this write ends.</summary>
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
