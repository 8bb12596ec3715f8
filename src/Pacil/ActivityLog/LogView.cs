using Pacil.Data;
using Pacil.Log;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>A page of a log as <c>Log.cshtml</c> draws it.</summary>
/// <param name="Cursor">The position from which to follow on.</param>
internal sealed record LogView(LogPage Page, EntryQuery Query, CurrentWorkspace Workspace, string Cursor)
{
    /// <returns>Null if the reader is not a member.</returns>
    public static async Task<LogView?> Read(EntryQuery query, CurrentWorkspace workspace, Database database)
    {
        var page = await workspace.Read(connection => query.Run(connection, workspace));
        return page is null
            ? null
            : new LogView(page, query, workspace, FeedCursor.At(database.Epoch, workspace.Id, page.Head, page.Mark));
    }

    /// <summary>Whether to offer undo. The undo itself may still be refused.</summary>
    public bool CanUndo(LoggedEntry? entry) =>
        entry is { IsUndone: false } && EntryKinds.IsUndoable(entry.Kind)
        && Page.Role >= (entry.ActorId == Workspace.Account ? Role.Editor : Role.Manager);

    public string? Address(LoggedEntry? entry) =>
        entry?.SubjectType switch
        {
            "item" => $"{Workspace.Path}/items/{entry.SubjectId}",
            "room" => $"{Workspace.Path}/chat/{entry.SubjectId}",
            _ => null,
        };
}
