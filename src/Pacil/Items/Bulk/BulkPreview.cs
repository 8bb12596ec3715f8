using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Bulk;

/// <summary>Describes what a change of many items would do, without writing anything.</summary>
/// <param name="Count">The number of selected items.</param>
/// <param name="Changed">The number of selected items that the change would alter.</param>
/// <param name="Names">The names of the first few selected items.</param>
/// <param name="Refused">
/// The first items for which the change is not possible. If there is such an item, the server refuses the change.
/// </param>
/// <param name="RefusedCount">The number of all items for which the change is not possible.</param>
/// <param name="Fingerprint">
/// Identifies the selected items. If the client sends the fingerprint with the change, the server refuses the change
/// when other items are selected by then.
/// </param>
internal sealed record BulkPreview(
    int Count, int Changed, IReadOnlyList<string> Names, IReadOnlyList<BulkRefusal> Refused, int RefusedCount,
    string Fingerprint)
{
    private const int NamesMax = 5;

    public static async Task<Result<BulkPreview>> Read(
        RequestFields fields, CurrentWorkspace workspace, BulkRequest request)
    {
        var seen = await workspace.Find();
        if (seen is null) return Problem.NotFound;
        if (seen.Role < Role.Editor) return Problem.Forbidden;
        if (seen.ArchivedAt is not null) return Membership.Closed;
        if (fields.Problem is { } problem) return problem;
        return await workspace.Read(connection => Read(connection, workspace, request));
    }

    private static async Task<Result<BulkPreview>> Read(
        Connection connection, CurrentWorkspace workspace, BulkRequest request)
    {
        var place = await Balances.Place(connection, workspace.Id, request.Change.Movement?.Place);
        if (place == 0) return Problem.Invalid("place", "error.unknown");
        var found = await BulkItems.Find(connection, workspace, request, place, isLocked: false);
        return found.Then(targets => Of(targets, request.Change));
    }

    private static BulkPreview Of(List<BulkTarget> targets, BulkChange change)
    {
        var refused = targets.ConvertAll(change.Refusal).OfType<BulkRefusal>().ToList();
        return new(
            targets.Count, targets.Count(target => change.Changes(target.Item)),
            [.. targets.Take(NamesMax).Select(target => target.Item.Name)],
            [.. refused.Take(BulkRefusal.ShownMax)], refused.Count, BulkTarget.Fingerprint(targets));
    }
}
