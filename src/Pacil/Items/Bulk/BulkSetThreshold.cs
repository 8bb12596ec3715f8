using Pacil.Data;
using Pacil.Items.Events;

namespace Pacil.Items.Bulk;

/// <summary>
/// Sets the threshold of many items, with one SQL statement for each new value. <see cref="ChangeItem"/> does the same
/// for one item.
/// </summary>
internal static class BulkSetThreshold
{
    /// <param name="items">The current items. The caller has locked their rows.</param>
    /// <param name="threshold">Returns the new threshold of an item. It must differ from the current threshold.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<Item> items, Func<Item, long?> threshold)
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
            ChangeItem.Record(tx, workspace, item, changed, new ItemChanged
            {
                Threshold = new(item.Threshold, changed.Threshold),
            });
        }
    }
}
