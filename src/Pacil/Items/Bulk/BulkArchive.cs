using Pacil.Data;

namespace Pacil.Items.Bulk;

/// <summary>Archives or restores many items by one statement, as <see cref="ArchiveItem"/> does for one.</summary>
internal static class BulkArchive
{
    /// <param name="items">As they are, locked until this write ends. None is in the wanted state already.</param>
    /// <param name="undoes">For each item, the entry that the change undoes.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<Item> items, bool archive,
        IReadOnlyDictionary<long, long>? undoes = null)
    {
        await tx.Execute(
            $"""
            update item
            set archived_at = @At, version = version + 1, updated_at = @Now, updated_by = @Account
            where id {tx.Dialect.Among("@Items")}
            """,
            new
            {
                At = archive ? tx.Now : (DateTime?)null,
                tx.Now,
                Account = tx.Actor.Id,
                Items = tx.Dialect.List([.. items.Select(item => item.Id)]),
            });
        foreach (var item in items) ArchiveItem.Record(tx, workspace, item, archive, undoes?[item.Id]);
    }
}
