using System.Text.Json;
using Pacil.Data;
using Pacil.Items;
using Pacil.Items.Bulk;
using Pacil.Items.Stock;
using Pacil.Web;

namespace Pacil.ActivityLog;

/// <summary>
/// Entries of one group that record the same change to many items, as <see cref="BulkItems"/> does: one entry for each
/// item. The group is undone with a few SQL statements for all items together, instead of several for each item.
/// </summary>
internal sealed class AlikeEntries
{
    private readonly string kind;
    private readonly Dictionary<long, Told> told;

    private AlikeEntries(string kind, Dictionary<long, Told> told) => (this.kind, this.told) = (kind, told);

    /// <returns>Null if the entries do not all make the same change, or if there is only one entry.</returns>
    public static AlikeEntries? Of(IReadOnlyList<UndoEntry.Row> entries)
    {
        var alike = new Dictionary<long, Told>();
        foreach (var entry in entries)
        {
            if (entry.Kind != entries[0].Kind || Told.Of(entry) is not { } one) return null;
            if (!alike.TryAdd(entry.SubjectId, one)) return null;
            var (_, first) = alike.First();
            if ((one.Delta, one.Place) != (first.Delta, first.Place)) return null;
        }
        return entries.Count > 1 ? new(entries[0].Kind, alike) : null;
    }

    /// <returns>Null if the whole group is undone; otherwise the reason why nothing is undone.</returns>
    public async Task<Problem?> TakeBack(WriteTransaction tx, long workspace)
    {
        var undoes = told.ToDictionary(one => one.Key, one => one.Value.Seq);
        var (_, first) = told.First();
        var targets = await BulkTarget.Find(tx, workspace, first.Place, [.. told.Keys], isKept: true);
        if (targets.Count < told.Count) return Problem.NotFound;
        List<Item> items = targets.ConvertAll(target => target.Item);
        if (kind == "stock_moved")
        {
            var request = new MoveStock.Request(-first.Delta, Reason.Corrected, Place: first.Place);
            var change = new BulkChange(request, null, null);
            var refused = targets.ConvertAll(change.Refusal).OfType<BulkRefusal>().ToList();
            if (refused.Count > 0) return BulkRefusal.ExplainRefusal(refused, targets.Count);
            await BulkMoveStock.Apply(tx, workspace, first.Place, request, [.. told.Keys], undoes);
        }
        else if (kind == "item_changed")
        {
            if (items.Exists(item => item.Threshold != told[item.Id].To)) return UndoEntry.Changed(["threshold"]);
            await BulkSetThreshold.Apply(tx, workspace, items, item => told[item.Id].From, undoes);
        }
        else
        {
            var isHidden = kind != "item_archived";
            if (items.Exists(item => item.ArchivedAt is not null == isHidden))
                return UndoEntry.Changed(["archived_at"]);
            await BulkArchive.Apply(tx, workspace, items, isHidden, undoes);
        }
        return null;
    }

    /// <summary>
    /// The change that an entry made to its item. Only a movement sets Delta and Place; only a new threshold sets From
    /// and To.
    /// </summary>
    private sealed record Told(long Seq, long Delta, long Place, long? From, long? To)
    {
        /// <returns>Null if the entry cannot be part of such a group.</returns>
        public static Told? Of(UndoEntry.Row entry)
        {
            using var json = JsonDocument.Parse(entry.Data);
            var data = json.RootElement;
            if (data.TryGetProperty("redacted", out _)) return null;
            if (entry.Kind is "item_created" or "item_archived" or "item_restored")
                return new(entry.Seq, 0, 0, null, null);
            if (entry.Kind == "stock_moved" && data.GetProperty("movement") is var movement)
                return new(
                    entry.Seq, movement.GetProperty("delta").GetInt64(), movement.GetProperty("place").GetInt64(),
                    null, null);
            return entry.Kind == "item_changed" && data.EnumerateObject().Count() == 1
                && data.TryGetProperty("threshold", out var threshold)
                    ? new(entry.Seq, 0, 0, Number(threshold, "from"), Number(threshold, "to"))
                    : null;
        }

        private static long? Number(JsonElement change, string side) =>
            change.GetProperty(side) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
    }
}
