using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>Archives many items, or restores them, by one statement: as <see cref="ArchiveItem"/> does one.</summary>
internal static class ArchiveAll
{
    /// <param name="items">As they are, and kept from changing until this write is over; none is so already.</param>
    /// <param name="undoes">The entry that it takes back, by item.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<Item> items, bool archive,
        IReadOnlyDictionary<long, long>? undoes = null)
    {
        DateTime? at = archive ? tx.Now : null;
        await tx.Execute(
            $"""
            update item
            set archived_at = @At, version = version + 1, updated_at = @Now, updated_by = @Account
            where id {tx.Dialect.Among("@Items")}
            """,
            new
            {
                At = at,
                tx.Now,
                Account = tx.Actor.Id,
                Items = tx.Dialect.List([.. items.Select(item => item.Id)]),
            });
        foreach (var item in items)
        {
            var changed = item with
            {
                ArchivedAt = at,
                Version = item.Version + 1,
                UpdatedAt = tx.Now,
                UpdatedBy = tx.Actor.Id!.Value,
            };
            tx.Record(new Change(
                workspace, archive ? "item_archived" : "item_restored", "item", item.Id, changed.Version,
                Json.Text(changed, ItemsJson.Default.Item), changed.Counts - item.Counts)
            {
                Undoes = undoes?[item.Id],
            });
        }
    }
}
