using Pacil.Data;

namespace Pacil.Items.Bulk;

/// <summary>Archives or restores many items in one statement. <see cref="ArchiveItem"/> changes one item.</summary>
internal static class BulkArchive
{
    /// <param name="items">The current items, locked by the caller. None is in the requested state already.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, IReadOnlyList<Item> items, bool archive)
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
        foreach (var item in items) ArchiveItem.Record(tx, workspace, item, archive);
    }
}
