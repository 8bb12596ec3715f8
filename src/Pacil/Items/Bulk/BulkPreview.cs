using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Bulk;

/// <summary>What a change of many items would do. Nothing is written.</summary>
/// <param name="Count">How many items are chosen.</param>
/// <param name="Changed">To how many of them it would make a difference.</param>
/// <param name="Names">Of the first few.</param>
/// <param name="Refused">The first items that refuse the change. If one refuses, none is changed.</param>
/// <param name="RefusedCount">How many refuse it in all.</param>
/// <param name="Fingerprint">Sent with the change, it makes the server refuse other items than these.</param>
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
        var found = await BulkItems.Find(connection, workspace, request, place, isKept: false);
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
