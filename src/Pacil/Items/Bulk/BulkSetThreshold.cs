using System.Text.Json.Nodes;
using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Web;

namespace Pacil.Items.Bulk;

/// <summary>
/// Sets the threshold of many items, with one SQL statement for each new value. <see cref="ChangeItem"/> does the same
/// for one item.
/// </summary>
internal static class BulkSetThreshold
{
    /// <param name="items">The current items. The caller has locked their rows.</param>
    /// <param name="threshold">Returns the new threshold of an item. It must differ from the current threshold.</param>
    /// <param name="undoes">The entry that the change undoes, by item id; null if the change is not an undo.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<Item> items, Func<Item, long?> threshold,
        IReadOnlyDictionary<long, long>? undoes = null)
    {
        foreach (var same in items.GroupBy(threshold))
            await tx.Execute(
                $"""
                update item
                set threshold = @Threshold, version = version + 1, updated_at = @Now, updated_by = @Account
                where id {tx.Dialect.Among("@Items")}
                """,
                new
                {
                    Threshold = same.Key,
                    tx.Now,
                    Account = tx.Actor.Id,
                    Items = tx.Dialect.List([.. same.Select(item => item.Id)]),
                });
        foreach (var item in items)
        {
            var changed = item with { Threshold = threshold(item), Version = item.Version + 1 };
            var what = new JsonObject { ["from"] = item.Threshold, ["to"] = changed.Threshold };
            tx.Record(new Change(
                workspace, "item_changed", "item", item.Id, changed.Version,
                new JsonObject { ["threshold"] = what }.ToJsonString(Json.Compact), changed.Counts - item.Counts)
            {
                Undoes = undoes?[item.Id],
            });
            LowStock.Record(tx, workspace, item.Id, changed.Version, item.IsLow, changed.IsLow, changed.Amount);
        }
    }
}
