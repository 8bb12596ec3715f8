using Pacil.Data;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>The model of <c>Log.cshtml</c>: a page of a workspace's log.</summary>
/// <param name="Cursor">
/// The position in the workspace's feed when the page was read. The JavaScript client follows the feed from there.
/// </param>
internal sealed record LogView(LogPage Page, EntryQuery Query, CurrentWorkspace Workspace, string Cursor)
{
    /// <returns>Null if the caller is not a member.</returns>
    public static async Task<LogView?> Read(EntryQuery query, CurrentWorkspace workspace, Database database)
    {
        var page = await workspace.Read(connection => query.Run(connection, workspace));
        return page is null
            ? null
            : new LogView(page, query, workspace, FeedCursor.At(database.Epoch, workspace.Id, page.Head, page.Mark));
    }

    /// <summary>Whether to show the undo button. The server can still refuse the undo.</summary>
    public bool CanUndo(LoggedEntry? entry) =>
        entry is { IsUndone: false } && entry.Event.Undo is not NoUndo
        && Page.Role >= (entry.ActorId == Workspace.Account ? Role.Editor : Role.Manager);

    public string? Address(LoggedEntry? entry) =>
        entry?.SubjectType switch
        {
            "item" => $"{Workspace.Path}/items/{entry.SubjectId}",
            "room" => $"{Workspace.Path}/chat/{entry.SubjectId}",
            _ => null,
        };
}
