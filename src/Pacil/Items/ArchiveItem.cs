using Pacil.Data;
using Pacil.Items.Events;
using Pacil.Items.Stock;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Web.OpenApi;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>Archives or restores an item. No data is deleted. A repeated request changes nothing.</summary>
internal static class ArchiveItem
{
    /// <summary>The archived item with a message for the user.</summary>
    [Example(
        """
        {
          "id": 7, "name": "AA cells", "description": "For the clocks", "amount": 16, "unit": "pcs", "threshold": 20,
          "version": 4, "created_at": "2026-11-21T08:14:05.120Z", "created_by": 1,
          "updated_at": "2026-11-21T08:14:05.120Z", "updated_by": 1, "archived_at": "2026-11-21T08:14:05.120Z",
          "message": "AA cells is archived."
        }
        """)]
    public sealed record Response : Item
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Response(Item item, string message) : base(item) => Message = message;

        [System.Text.Json.Serialization.JsonPropertyOrder(1)]
        public string Message { get; }
    }

    public static RequestWrite Handle(long id, CurrentWorkspace workspace, HttpRequest http)
    {
        var expected = Versions.IfMatch(http);
        return workspace.Write(Role.Editor, null, async tx =>
            (await Apply(tx, workspace.Id, id, expected, archive: true)).Then(item => ApiResponse.Ok(
                new Response(item, Texts.T("items.archived", item.Name)), ItemsJson.Default.Response, item.Version)));
    }

    public static RequestWrite HandleRestore(long id, CurrentWorkspace workspace, HttpRequest http)
    {
        var expected = Versions.IfMatch(http);
        return workspace.Write(Role.Editor, null, async tx =>
            (await Apply(tx, workspace.Id, id, expected, archive: false)).Then(item =>
                ApiResponse.Ok(item, ItemsJson.Default.Item, item.Version)));
    }

    public static async Task<Result<Item>> Apply(
        WriteTransaction tx, long workspace, long id, IfMatchCondition expected, bool archive)
    {
        var item = await Item.Find(tx, workspace, id);
        if (item is null) return Problem.NotFound;
        if (!expected.Allows(item.Version)) return await ItemConflict.Of(tx, workspace, item, expected);
        if (item.ArchivedAt is not null == archive) return item;
        var changed = Record(tx, workspace, item, archive);
        await tx.Execute(
            """
            update item
            set archived_at = @ArchivedAt, version = @Version, updated_at = @UpdatedAt, updated_by = @UpdatedBy
            where id = @Id
            """, changed);
        return changed;
    }

    /// <summary>
    /// Records the change in the log and returns the changed item. If a restored item is at or below its threshold,
    /// also records that the item is low, because an archived item never counts as low.
    /// </summary>
    public static Item Record(WriteTransaction tx, long workspace, Item item, bool archive)
    {
        var changed = item with
        {
            ArchivedAt = archive ? tx.Now : null,
            Version = item.Version + 1,
            UpdatedAt = tx.Now,
            UpdatedBy = tx.Actor.Id!.Value,
        };
        tx.Record(
            workspace, item.Id, changed.Version, archive ? new ItemArchived(changed) : new ItemRestored(changed),
            changed.Counts - item.Counts);
        if (!archive)
            LowStock.Record(tx, workspace, item.Id, changed.Version, was: false, changed.IsLow, changed.Amount);
        return changed;
    }
}
