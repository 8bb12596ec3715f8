using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Bulk;

/// <summary>
/// Changes many items in one write. If the change is not possible for one of the items, no item changes. All entries of
/// the write form one group, which is undone as a whole.
/// </summary>
internal static class BulkItems
{
    /// <param name="Count">The number of selected items.</param>
    /// <param name="Changed">The number of selected items that the change has altered.</param>
    public sealed record Done(int Count, int Changed);

    public static async Task<Result<ApiResponse>> Handle(RequestFields fields, CurrentWorkspace workspace)
    {
        var (request, isPreview) = (BulkRequest.Read(fields), fields.Flag("preview") is true);
        return isPreview ? await Preview(fields, workspace, request) : await Write(fields, workspace, request);
    }

    public static async Task<Result<ApiResponse>> Write(
        RequestFields fields, CurrentWorkspace workspace, BulkRequest request)
    {
        using var turn = await Turn(workspace, request);
        return await workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            return (await Apply(tx, workspace, request)).Then(done => ApiResponse.Ok(done, ItemsJson.Default.Done));
        });
    }

    private static async Task<Result<ApiResponse>> Preview(
        RequestFields fields, CurrentWorkspace workspace, BulkRequest request)
    {
        using var turn = await Turn(workspace, request);
        return (await BulkPreview.Read(fields, workspace, request)).Then(preview =>
            ApiResponse.Ok(preview, ItemsJson.Default.BulkPreview));
    }

    private static async Task<IDisposable?> Turn(CurrentWorkspace workspace, BulkRequest request) =>
        request.Filter?.Search is null ? null : await workspace.TakeSearchTurn();

    public static async Task<Result<Done>> Apply(WriteTransaction tx, CurrentWorkspace workspace, BulkRequest request)
    {
        var place = await Balances.Place(tx, workspace.Id, request.Change.Movement?.Place);
        if (place == 0) return Problem.Invalid("place", "error.unknown");
        var found = await Find(tx, workspace, request, place, isKept: true);
        if (found.IsProblem) return found.Problem;
        var targets = found.Value;
        if (request.Fingerprint is { } shown && shown != BulkTarget.Fingerprint(targets))
            return new Problem(StatusCodes.Status409Conflict, "other_items", targets.Count);
        var refused = targets.ConvertAll(request.Change.Refusal).OfType<BulkRefusal>().ToList();
        if (refused.Count > 0) return BulkRefusal.ExplainRefusal(refused, targets.Count);
        var changing = targets.Select(target => target.Item).Where(request.Change.Changes).ToList();
        if (changing.Count > 0) await request.Change.Apply(tx, workspace.Id, place, changing);
        return new Done(targets.Count, changing.Count);
    }

    /// <summary>Finds all selected items. Refuses a selection that is empty, too large, or has unknown ids.</summary>
    public static async Task<Result<List<BulkTarget>>> Find(
        Connection connection, CurrentWorkspace workspace, BulkRequest request, long place, bool isKept)
    {
        var ids = request.Ids ?? await request.Filter!.Ids(connection, workspace, BulkRequest.Max + 1);
        if (ids.Count > BulkRequest.Max)
            return new Problem(StatusCodes.Status409Conflict, "too_many_items", BulkRequest.Max);
        if (ids.Count == 0) return new Problem(StatusCodes.Status409Conflict, "nothing_matches");
        if (workspace.Charge(ids.Count) is { } refusal) return refusal;
        var targets = await BulkTarget.Find(connection, workspace.Id, place, ids, isKept);
        return targets.Count < ids.Count ? Problem.NotFound : targets;
    }
}
