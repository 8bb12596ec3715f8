using Pacil.Data;
using Pacil.Items.Bulk;
using Pacil.Log.Events;
using Pacil.Web;

namespace Pacil.Items.Stock;

/// <summary>Moves the stock back.</summary>
internal sealed record UndoMovement(long Delta, long Place) : UndoAction
{
    public override async Task<Problem?> Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries)
    {
        var request = new MoveStock.Request(Delta, Reason.Corrected, Place: Place);
        if (entries is [var entry]) return (await MoveStock.Apply(tx, workspace, entry.SubjectId, request)).Problem;
        var targets = await BulkTarget.Find(
            tx, workspace, Place, [.. entries.Select(entry => entry.SubjectId)], isLocked: true);
        if (targets.Count < entries.Count) return Problem.NotFound;
        return (await new BulkChange(request, null, null).Apply(tx, workspace, Place, targets)).Problem;
    }
}
