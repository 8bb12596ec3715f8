using Pacil.Data;
using Pacil.Items.Bulk;
using Pacil.Log.Events;
using Pacil.Web;

namespace Pacil.Items.Events;

/// <summary>
/// Archives the items if <c>Archive</c> is true; otherwise restores them. Refused if an item is already in that state.
/// </summary>
internal sealed record UndoArchiving(bool Archive) : UndoAction
{
    public override async Task<Problem?> Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries)
    {
        var items = await BulkTarget.Lock(tx, workspace, [.. entries.Select(entry => entry.SubjectId)]);
        if (items.Count < entries.Count) return Problem.NotFound;
        if (items.Exists(item => item.ArchivedAt is not null == Archive))
            return ItemConflict.ChangedSince(["archived_at"]);
        await BulkArchive.Apply(tx, workspace, items, Archive);
        return null;
    }
}
