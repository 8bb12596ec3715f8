using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Items.Events;
using Pacil.Items.Stock;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>Creates an item. If its amount is not 0, a first movement records this amount as received.</summary>
internal static class CreateItem
{
    public sealed record Request(ItemDetails Description, long Amount)
    {
        public static Request Read(RequestFields fields) =>
            new(ItemDetails.Read(fields), fields.Integer("amount", 0, Stock.Amount.Max) ?? 0);
    }

    public static RequestWrite Handle(RequestFields fields, CurrentWorkspace workspace)
    {
        var request = Request.Read(fields);
        return workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var item = await Apply(tx, workspace.Id, request);
            return ApiResponse.Created($"{workspace.Api}/items/{item.Id}", item, ItemsJson.Default.Item, item.Version);
        });
    }

    public static async Task<Item> Apply(WriteTransaction tx, long workspace, Request request)
    {
        var item = new Item
        {
            Id = 0,
            Name = request.Description.Name,
            Description = request.Description.Text,
            Amount = request.Amount,
            Unit = request.Description.Unit,
            Threshold = request.Description.Threshold,
            Version = 1,
            CreatedAt = tx.Now,
            CreatedBy = tx.Actor.Id!.Value,
            UpdatedAt = tx.Now,
            UpdatedBy = tx.Actor.Id.Value,
            ArchivedAt = null,
        };
        item = item with { Id = await Insert(tx, workspace, item) };
        if (item.Amount > 0) await MoveStock.RecordInitialStock(tx, workspace, item.Id, item.Amount);
        tx.Record(workspace, item.Id, item.Version, new ItemCreated(item), item.Counts);
        LowStock.Record(tx, workspace, item.Id, item.Version, was: false, item.IsLow, item.Amount);
        return item;
    }

    private static Task<long> Insert(WriteTransaction tx, long workspace, Item item) => tx.Insert(
        "item",
        """
        insert into item (
          id, workspace_id, name, name_key, description, amount, unit, threshold, search_text, version,
          created_at, created_by, updated_at, updated_by)
        values (
          @Id, @Workspace, @Name, @NameKey, @Description, @Amount, @Unit, @Threshold, @SearchText, @Version,
          @Now, @Account, @Now, @Account)
        """,
        [
            ("Workspace", workspace), ("Name", item.Name), ("NameKey", TextFolding.SortKey(item.Name)),
            ("Description", item.Description), ("Amount", item.Amount), ("Unit", item.Unit),
            ("Threshold", Null.Or(item.Threshold)),
            ("SearchText", Item.SearchText(item.Name, item.Description)), ("Version", item.Version),
            ("Now", tx.Now), ("Account", item.CreatedBy),
        ]);
}
