using Pacil.Data;
using Pacil.Web.RateLimits;

namespace Pacil.Web;

/// <summary>Runs the write of a request in one transaction.</summary>
internal static class RequestWriter
{
    public static async Task<Result<ApiResponse>> Run(RequestWrite write)
    {
        if (write.Context.Features.Get<CollectedWrites>() is not null)
            throw new ProblemException(CollectedWrites.NotCollected);
        var key = !write.IsStored ? null
            : write.Key ?? Idempotency.Of(write.Context.Request, write.Fields?.Raw ?? default);
        using var turn = write.NeedsSearchTurn ? await Limits.TakeSearchTurn(write.Context) : null;
        var database = write.Context.RequestServices.GetRequiredService<Database>();
        var result = await database.Write(
            write.Actor with { Key = key?.Value }, tx => Run(tx, write, key), write.Context.RequestAborted,
            write.Workspace);
        if (!result.IsProblem) write.AfterCommit?.Invoke();
        return result;
    }

    private static async Task<Result<ApiResponse>> Run(WriteTransaction tx, RequestWrite write, Idempotency? key)
    {
        if (await write.Authorize(tx) is { } refusal) return Refuse(tx, refusal);
        if (key is not null && await key.FindEarlier(tx) is { } earlier)
            return earlier.IsProblem ? Refuse(tx, earlier.Problem) : await Replay(tx, write, earlier.Value);
        var result = await write.Apply(tx);
        if (result.IsProblem) return Refuse(tx, result.Problem);
        if (key is not null) await StoredAnswers.Store(tx, key.Value, result.Value);
        await tx.StoreEntries();
        var entry = write.IsUndoable
            ? tx.Entries.FirstOrDefault(entry => write.Workspace is null || entry.FeedId == write.Workspace)
            : null;
        return result.Value with { Seq = entry?.Seq };
    }

    private static Problem Refuse(WriteTransaction tx, Problem problem)
    {
        tx.Rollback();
        return problem;
    }

    private static async Task<Result<ApiResponse>> Replay(
        WriteTransaction tx, RequestWrite write, ApiResponse earlier) =>
        write.IsUndoable ? earlier with { Seq = await Idempotency.FirstEntry(tx, tx.Actor, write.Workspace) } : earlier;
}
