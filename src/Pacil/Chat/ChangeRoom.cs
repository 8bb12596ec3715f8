using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>Creates, renames, archives and restores rooms. Archived rooms can still be read.</summary>
internal static class ChangeRoom
{
    private const int RoomsMax = 200;

    public static RequestWrite HandleCreate(RequestFields fields, CurrentWorkspace workspace)
    {
        var name = Room.ReadName(fields);
        return workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            await Workspace.LockForUpdate(tx, workspace.Id);
            if (await Count(tx, workspace.Id) >= RoomsMax)
                return new Problem(StatusCodes.Status409Conflict, "too_many_rooms", RoomsMax);
            var room = await Create(tx, workspace.Id, name);
            return ApiResponse.Created($"{workspace.Api}/rooms/{room.Id}", room, ChatJson.Default.Room, room.Version);
        });
    }

    public static RequestWrite Handle(
        RequestFields fields, CurrentWorkspace workspace, RoomReference which, HttpRequest http)
    {
        var (expected, archived) = (Versions.IfMatch(http), fields.Flag("archived"));
        var name = fields.Has("name") ? Room.ReadName(fields) : null;
        return workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            if (await Room.Lock(tx, workspace.Id, which) is not { } room) return Problem.NotFound;
            if (!expected.Allows(room.Version)) return Conflict(room, name, archived);
            if (room.Lobby || room.Item is not null) return new Problem(StatusCodes.Status409Conflict, "room_fixed");
            var changed = await Apply(tx, workspace.Id, room, name ?? room.Name, archived);
            return ApiResponse.Ok(changed, ChatJson.Default.Room, changed.Version);
        });
    }

    private static async Task<Room> Apply(
        WriteTransaction tx, long workspace, Room room, string name, bool? archived)
    {
        var isArchived = archived ?? room.ArchivedAt is not null;
        var changed = room with
        {
            Name = name,
            ArchivedAt = isArchived ? room.ArchivedAt ?? tx.Now : null,
            Version = room.Version + 1,
        };
        if (room.Name == changed.Name && room.ArchivedAt == changed.ArchivedAt) return room;
        await tx.Execute(
            "update room set name = @Name, archived_at = @ArchivedAt, version = @Version where id = @Id", changed);
        if (room.Name != name) Record(tx, workspace, changed, new RoomRenamed(new(room.Name, name)));
        if (room.ArchivedAt != changed.ArchivedAt)
            Record(tx, workspace, changed, isArchived ? new RoomArchived(name) : new RoomRestored(name));
        return changed;
    }

    private static async Task<Room> Create(WriteTransaction tx, long workspace, string name)
    {
        var id = await tx.First<long>(
            """
            insert into room (workspace_id, name, created_at) values (@Workspace, @Name, @Now)
            returning id
            """, new { Workspace = workspace, Name = name, tx.Now });
        var room = (await Room.Find(tx, workspace, tx.Actor.Id!.Value, new RoomReference(id, null)))!;
        Record(tx, workspace, room, new RoomCreated(name));
        return room;
    }

    private static Task<long> Count(WriteTransaction tx, long workspace) => tx.First<long>(
        "select count(*) from room where workspace_id = @Workspace and item_id is null",
        new { Workspace = workspace });

    private static void Record(WriteTransaction tx, long workspace, Room room, WorkspaceEvent what) =>
        tx.Record(workspace, room.Id, room.Version, what);

    private static Problem Conflict(Room current, string? name, bool? archived)
    {
        return IfMatchCondition.Conflict(current, ChatJson.Default.Room, Differing());

        IEnumerable<string> Differing()
        {
            if (name is not null && name != current.Name) yield return "name";
            if (archived is { } wanted && wanted != current.ArchivedAt is not null) yield return "archived";
        }
    }
}
