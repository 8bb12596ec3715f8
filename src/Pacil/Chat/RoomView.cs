using System.Globalization;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>What is said in a room, as <c>Talk.cshtml</c> draws it.</summary>
/// <param name="Name">How requests name the room.</param>
/// <param name="Room">Null while nobody has said anything about the item.</param>
/// <param name="Cursor">From where to follow on.</param>
/// <param name="IsClosed">Nobody writes here: the room is archived, or the workspace closed.</param>
internal sealed record RoomView(
    RoomReference Name, Room? Room, Snapshot<Message> Page, CurrentWorkspace Workspace, Role Role, string Cursor,
    bool IsClosed)
{
    /// <summary>The message that is just being changed, without scripts.</summary>
    public long? Editing { get; init; }

    /// <summary>It ends before the newest message: what is new does not belong to it.</summary>
    public bool IsPast { get; init; }

    /// <summary>What was typed, and why it was refused.</summary>
    public string? Typed { get; init; }
    public Problem? Problem { get; init; }

    /// <summary>Where its forms lead.</summary>
    public string Path => $"{Workspace.Path}/chat/{Name}";

    /// <summary>The page that shows it.</summary>
    public string Here => Workspace.Path + Name.Page;

    public string Api => $"{Workspace.Api}/rooms/{Name}";

    /// <summary>Oldest first, as it is read.</summary>
    public IEnumerable<Message> Messages => Enumerable.Reverse(Page.Rows);

    public bool MayChange(Message? message) =>
        message is not null && !IsClosed && message.IsFor(Workspace.Account, Role);

    /// <returns>Null where there is no such room.</returns>
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
