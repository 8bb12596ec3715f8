using Pacil.Data;
using Pacil.Items.Bulk;
using Pacil.Log.Events;
using Pacil.Web;

namespace Pacil.Items.Events;

/// <summary>Gives each item its earlier threshold back, if the threshold has not changed since.</summary>
internal sealed record UndoThreshold : UndoAction
{
    public override async Task<Problem?> Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries)
    {
        var changes = entries.ToDictionary(
            entry => entry.SubjectId, entry => ((ItemChanged)entry.Event).Threshold!);
        var items = await BulkTarget.Lock(tx, workspace, [.. changes.Keys]);
        if (items.Count < entries.Count) return Problem.NotFound;
        if (items.Exists(item => item.Threshold != changes[item.Id].To))
            return ItemConflict.ChangedSince(["threshold"]);
        await BulkSetThreshold.Apply(tx, workspace, items, item => changes[item.Id].From);
        return null;
    }
}
