using System.Globalization;
using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>The model of <c>Talk.cshtml</c>: a page of messages of a room.</summary>
/// <param name="Name">The reference by which requests name the room.</param>
/// <param name="Room">The room; null for an item that nobody has written about yet.</param>
/// <param name="Cursor">
/// The position in the workspace's feed when the page was read. The JavaScript client follows the feed from there.
/// </param>
/// <param name="IsClosed">Whether nobody can write, because the room is archived or the workspace is closed.</param>
internal sealed record RoomView(
    RoomReference Name, Room? Room, Snapshot<Message> Page, CurrentWorkspace Workspace, Role Role, string Cursor,
    bool IsClosed)
{
    /// <summary>The id of the message that a user edits in a browser without JavaScript.</summary>
    public long? Editing { get; init; }

    /// <summary>Whether the page is not the newest. New messages are only added to the newest page.</summary>
    public bool IsPast { get; init; }

    /// <summary>The text that the server refused, or null; <see cref="Problem"/> is the reason.</summary>
    public string? Typed { get; init; }
    public Problem? Problem { get; init; }

    public string Path => $"{Workspace.Path}/chat/{Name}";

    public string Here => Workspace.Path + Name.Page;

    public string Api => $"{Workspace.Api}/rooms/{Name}";

    /// <summary>The messages of the page, oldest first.</summary>
    public IEnumerable<Message> Messages => Enumerable.Reverse(Page.Rows);

    public bool MayChange(Message? message) =>
        message is not null && !IsClosed && message.IsFor(Workspace.Account, Role);

    /// <returns>Null if there is no such room or the caller is not a member.</returns>
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
