using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Items.Events;
using Pacil.Items.Stock;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>
/// Changes the details of an item. PUT replaces all details; PATCH changes only the fields in the request. An amount in
/// the request means that somebody counted the stock: the difference to the current amount is recorded as a movement.
/// PUT and a request with an amount must state the item's version in <c>If-Match</c>, so that a request based on an old
/// version is refused.
/// </summary>
internal static class ChangeItem
{
    public static RequestWrite Replace(
        RequestFields fields, long id, CurrentWorkspace workspace, HttpRequest http) =>
        Handle(fields, id, workspace, Versions.IfMatch(http), isWhole: true);

    public static RequestWrite Patch(
        RequestFields fields, long id, CurrentWorkspace workspace, HttpRequest http) =>
        Handle(fields, id, workspace, Versions.IfMatch(http), isWhole: false);

    public static RequestWrite Handle(
        RequestFields fields, long id, CurrentWorkspace workspace, IfMatchCondition expected, bool isWhole) =>
        workspace.Write(Role.Editor, fields, async tx =>
            (await Apply(tx, workspace.Id, id, fields, expected, isWhole)).Then(item =>
                ApiResponse.Ok(item, ItemsJson.Default.Item, item.Version)));

    /// <param name="isWhole">True (PUT) clears details that the request leaves out; false (PATCH) keeps them.</param>
    public static async Task<Result<Item>> Apply(
        WriteTransaction tx, long workspace, long id, RequestFields fields, IfMatchCondition expected, bool isWhole)
    {
        var item = await Item.Find(tx, workspace, id);
        if (item is null) return Problem.NotFound;
        if (!expected.IsStated && (isWhole || fields.Has("amount"))) return IfMatchCondition.Required;
        if (!expected.Allows(item.Version)) return await ItemConflict.Of(tx, workspace, item, expected);
        var description = isWhole ? ItemDetails.Read(fields) : ItemDetails.Of(item).Patch(fields);
        var count = fields.Has("amount") ? fields.Integer("amount", 0, Amount.Max, required: true) : null;
        var place = count is null ? null : fields.Integer("place", 1, long.MaxValue);
        if (fields.Problem is { } problem) return problem;

        var changed = await Apply(tx, workspace, item, description);
        return count is { } amount ? await Count(tx, workspace, changed, amount, place) : changed;
    }

    /// <summary>Updates the item and records which details differ. If none differ, nothing is written.</summary>
    public static async Task<Item> Apply(WriteTransaction tx, long workspace, Item item, ItemDetails description)
    {
        if (ItemChanged.Between(ItemDetails.Of(item), description) is not { } change) return item;
        var changed = item with
        {
            Name = description.Name,
            Description = description.Text,
            Unit = description.Unit,
            Threshold = description.Threshold,
            Version = item.Version + 1,
            UpdatedAt = tx.Now,
            UpdatedBy = tx.Actor.Id!.Value,
        };
        await Update(tx, changed);
        Record(tx, workspace, item, changed, change);
        return changed;
    }

    /// <summary>Records the change, and whether the item became low or is no longer low.</summary>
    public static void Record(WriteTransaction tx, long workspace, Item before, Item after, ItemChanged change)
    {
        tx.Record(workspace, after.Id, after.Version, change, after.Counts - before.Counts);
        LowStock.Record(tx, workspace, after.Id, after.Version, before.IsLow, after.IsLow, after.Amount);
    }

    private static async Task<Result<Item>> Count(
        WriteTransaction tx, long workspace, Item item, long amount, long? place)
    {
        var moved = await MoveStock.Apply(
            tx, workspace, item.Id, new MoveStock.Request(amount - item.Amount, Reason.Counted, Place: place));
        return moved.Then(movement => item with
        {
            Amount = movement.Amount,
            Version = movement.Version,
            UpdatedAt = tx.Now,
            UpdatedBy = movement.By,
        });
    }

    private static Task<int> Update(WriteTransaction tx, Item item) => tx.Execute(
        """
        update item
        set name = @Name, name_key = @NameKey, description = @Description, unit = @Unit, threshold = @Threshold,
            search_text = @SearchText, version = @Version, updated_at = @UpdatedAt, updated_by = @UpdatedBy
        where id = @Id
        """,
        new
        {
            item.Name,
            NameKey = TextFolding.SortKey(item.Name),
            item.Description,
            item.Unit,
            item.Threshold,
            SearchText = Item.SearchText(item.Name, item.Description),
            item.Version,
            item.UpdatedAt,
            item.UpdatedBy,
            item.Id,
        });
}
