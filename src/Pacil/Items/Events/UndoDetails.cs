using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web;

namespace Pacil.Items.Events;

/// <summary>Gives an item its earlier details back, if none of them has changed since.</summary>
internal sealed record UndoDetails : UndoAction
{
    public override bool IsForMany => false;

    public override async Task<Problem?> Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries)
    {
        var entry = entries.Single();
        if (await Item.Find(tx, workspace, entry.SubjectId) is not { } item) return Problem.NotFound;
        var (before, changedSince) = ItemDetails.Of(item).Before((ItemChanged)entry.Event);
        if (changedSince.Count > 0) return ItemConflict.ChangedSince(changedSince);
        await ChangeItem.Apply(tx, workspace, item, before);
        return null;
    }
}
