namespace Pacil.Log;

/// <summary>The kinds of entries in the feed of a workspace.</summary>
internal static class EntryKinds
{
    public static readonly IReadOnlyList<string> All =
    [
        "item_created", "item_changed", "item_archived", "item_restored",
        "stock_moved", "stock_low", "stock_recovered",
        "member_joined", "member_role_changed", "member_removed", "member_invited",
        "workspace_created", "workspace_changed", "workspace_closed", "workspace_reopened",
        "room_created", "room_renamed", "room_archived", "room_restored",
        "message_posted", "message_edited", "message_redacted",
        "account_redacted", "workspace_redacted", "invitation_redacted",
    ];

    /// <summary>Whether entries of this kind can be undone. ActivityLog/UndoEntry.cs implements the undo.</summary>
    public static bool IsUndoable(string kind) =>
        kind is "item_created" or "item_changed" or "item_archived" or "item_restored" or "stock_moved";

    /// <summary>
    /// Whether an entry of this kind only reports a result of another entry of the same write. An undo skips such
    /// an entry, because the undo of the other entry records a new result.
    /// </summary>
    public static bool IsConsequence(string kind) => kind is "stock_low" or "stock_recovered";
}
