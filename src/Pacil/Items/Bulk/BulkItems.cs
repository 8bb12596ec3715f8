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

    public static async Task<IResult> Handle(RequestFields fields, CurrentWorkspace workspace)
    {
        var (request, isPreview) = (BulkRequest.Read(fields), fields.Flag("preview") is true);
        return isPreview ? await Preview(fields, workspace, request) : Write(fields, workspace, request);
    }

    public static RequestWrite Write(RequestFields fields, CurrentWorkspace workspace, BulkRequest request) =>
        workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            return (await Apply(tx, workspace, request)).Then(done => ApiResponse.Ok(done, ItemsJson.Default.Done));
        }) with
        {
            NeedsSearchTurn = request.NeedsSearchTurn,
        };

    private static async Task<Result<ApiResponse>> Preview(
        RequestFields fields, CurrentWorkspace workspace, BulkRequest request)
    {
        using var turn = request.NeedsSearchTurn ? await workspace.TakeSearchTurn() : null;
        return (await BulkPreview.Read(fields, workspace, request)).Then(preview =>
            ApiResponse.Ok(preview, ItemsJson.Default.BulkPreview));
    }

    public static async Task<Result<Done>> Apply(WriteTransaction tx, CurrentWorkspace workspace, BulkRequest request)
    {
        var place = await Balances.Place(tx, workspace.Id, request.Change.Movement?.Place);
        if (place == 0) return Problem.Invalid("place", "error.unknown");
        var found = await Find(tx, workspace, request, place, isLocked: true);
        if (found.IsProblem) return found.Problem;
        var targets = found.Value;
        if (request.Fingerprint is { } shown && shown != BulkTarget.Fingerprint(targets))
            return new Problem(StatusCodes.Status409Conflict, "other_items", targets.Count);
        return (await request.Change.Apply(tx, workspace.Id, place, targets)).Then(changed =>
            new Done(targets.Count, changed));
    }

    /// <summary>Finds all selected items. Refuses a selection that is empty, too large, or has unknown ids.</summary>
    public static async Task<Result<List<BulkTarget>>> Find(
        Connection connection, CurrentWorkspace workspace, BulkRequest request, long place, bool isLocked)
    {
        var ids = request.Ids ?? await request.Filter!.Ids(connection, workspace, BulkRequest.Max + 1);
        if (ids.Count > BulkRequest.Max)
            return new Problem(StatusCodes.Status409Conflict, "too_many_items", BulkRequest.Max);
        if (ids.Count == 0) return new Problem(StatusCodes.Status409Conflict, "nothing_matches");
        if (workspace.Charge(ids.Count) is { } refusal) return refusal;
        var targets = await BulkTarget.Find(connection, workspace.Id, place, ids, isLocked);
        return targets.Count < ids.Count ? Problem.NotFound : targets;
    }
}
