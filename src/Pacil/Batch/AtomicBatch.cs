using System.Text;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

/// <summary>
/// Runs a batch as one write. First every part runs as a request, but only adds its write to
/// <see cref="CollectedWrites"/>. Then all writes run in one transaction. If a part is refused, nothing is written, and
/// the response says which part was refused and why.
/// </summary>
internal static class AtomicBatch
{
    private static readonly Problem NotDone = new(StatusCodes.Status424FailedDependency, "not_done");

    public static async Task<Result<ApiResponse>> Run(
        List<BatchPart> parts, BatchPipeline pipeline, RequestFields fields, CurrentUser user, HttpContext context)
    {
        using var writes = new CollectedWrites();
        var ran = new List<HttpContext>();
        foreach (var (n, part) in parts.Index())
        {
            if (await Collect(part, pipeline, writes, context, ran) is { } refused)
                return Failed(refused, n, parts.Count, context);
        }
        var done = await (user.Write(context, fields, async tx =>
        {
            var results = await writes.Apply(tx);
            return results[^1].IsProblem
                ? Failed(PartAnswer.Of(results[^1], context), results.Count - 1, parts.Count, context)
                : new ApiResponse(StatusCodes.Status200OK, PartAnswer.Bytes(
                    results.ConvertAll(result => PartAnswer.Of(result, context))));
        }) with
        {
            // All entries of the write form one group, so undoing its first entry undoes the whole batch.
            IsUndoable = true,
            Workspace = writes.Workspaces is [var only] ? only : null,
            AfterCommit = writes.AfterCommit,
        }).Run();
        if (!done.IsProblem) ran.ForEach(AccessRules.Audit);
        return done;
    }

    /// <summary>Runs a part until it has added its write.</summary>
    /// <returns>Null if the part has added its write; otherwise the part's response.</returns>
    private static async Task<PartAnswer?> Collect(
        BatchPart part, BatchPipeline pipeline, CollectedWrites writes, HttpContext outer, List<HttpContext> ran)
    {
        if (Csrf.IsSafe(part.Method)) return PartAnswer.Of(CollectedWrites.NotCollected, outer);
        using var body = new MemoryStream();
        var (context, count) = (part.Context(outer, null, body), writes.Count);
        context.Features.Set(writes);
        ran.Add(context);
        await pipeline.Run(part, context);
        if (writes.Count > count) return null;
        await context.Response.CompleteAsync();
        return context.Response.StatusCode >= StatusCodes.Status400BadRequest
            ? new PartAnswer(context.Response.StatusCode, [], body.ToArray())
            : PartAnswer.Of(CollectedWrites.NotCollected, outer);
    }

    /// <summary>The 409 response after part n was refused: the refusal of part n, and 424 for all others.</summary>
    private static Problem Failed(PartAnswer refused, int n, int count, HttpContext context)
    {
        var answers = Enumerable.Range(0, count)
            .Select(part => part == n ? refused : PartAnswer.Of(NotDone, context)).ToList();
        var responses = Json.Bytes(answers, static (json, answers) => PartAnswer.Write(json, answers));
        return new Problem(StatusCodes.Status409Conflict, "batch_failed", n + 1)
        {
            Members = [("failed", $"{n}"), ("responses", Encoding.UTF8.GetString(responses))],
        };
    }
}
