using System.Globalization;
using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>The messages of a room, as <c>Talk.cshtml</c> draws them.</summary>
/// <param name="Name">How requests name the room.</param>
/// <param name="Room">Null while nobody has written about the item.</param>
/// <param name="Cursor">The position from which to follow on.</param>
/// <param name="IsClosed">Nobody can write: the room is archived, or the workspace is closed.</param>
internal sealed record RoomView(
    RoomReference Name, Room? Room, Snapshot<Message> Page, CurrentWorkspace Workspace, Role Role, string Cursor,
    bool IsClosed)
{
    /// <summary>The message that is edited without scripts.</summary>
    public long? Editing { get; init; }

    /// <summary>The page ends before the newest message, so new messages do not belong to it.</summary>
    public bool IsPast { get; init; }

    /// <summary>The refused text; <see cref="Problem"/> says why.</summary>
    public string? Typed { get; init; }
    public Problem? Problem { get; init; }

    public string Path => $"{Workspace.Path}/chat/{Name}";

    public string Here => Workspace.Path + Name.Page;

    public string Api => $"{Workspace.Api}/rooms/{Name}";

    /// <summary>Oldest first.</summary>
    public IEnumerable<Message> Messages => Enumerable.Reverse(Page.Rows);

    public bool MayChange(Message? message) =>
        message is not null && !IsClosed && message.IsFor(Workspace.Account, Role);

    /// <returns>Null if there is no such room.</returns>
    public static async Task<RoomView?> Read(
        CurrentWorkspace workspace, RoomReference name, HttpContext context, Database database)
    {
        var paging = ListMessages.Page(context.Request);
        if (await workspace.Find() is not { } whole) return null;
        var page = await workspace.Read(connection => ListMessages.Query(connection, workspace, name, paging));
        if (page is null) return null;
        var room = await workspace.Read(connection => Room.Find(connection, workspace.Id, workspace.Account, name));
        return new RoomView(
            name, room, page, workspace, whole.Role, page.Cursor(database),
            whole.ArchivedAt is not null || room?.ArchivedAt is not null)
        {
            Editing = long.TryParse(context.Request.Query["edit"], CultureInfo.InvariantCulture, out var id)
                ? id
                : null,
            IsPast = paging.After is not null,
        };
    }
}
