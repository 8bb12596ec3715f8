using System.Text;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

/// <summary>
/// A batch that is one write. Each part runs up to its write and hands over its use case. Then all of them run in one
/// transaction. If one is refused, nothing is written, and the answer says which and why.
/// </summary>
internal sealed class AtomicBatch(BatchPipeline pipeline, List<BatchPart> parts)
{
    private static readonly Problem NotWriting = new(StatusCodes.Status422UnprocessableEntity, "not_atomic");
    private static readonly Problem NotDone = new(StatusCodes.Status424FailedDependency, "not_done");

    private readonly JointWrite joint = new();

    public async Task<IResult> Run(RequestFields fields, CurrentUser user, HttpContext context)
    {
        var running = new List<(Task Run, HttpContext Part)>();
        try
        {
            for (var n = 0; n < parts.Count; n++)
                if (await Bring(parts[n], context, running) is { } refused) return Failed(refused, n, context);
            WriteTransaction? write = null;
            var done = await user.Write(
                context, fields,
                async tx =>
                {
                    var results = await joint.Apply(tx);
                    return results[^1].IsProblem
                        ? Failed(PartAnswer.Of(results[^1], context), results.Count - 1, context)
                        : new ApiResponse(StatusCodes.Status200OK, PartAnswer.Bytes(
                            results.ConvertAll(result => PartAnswer.Of(result, context))));
                },
                tx => AccountStore.Gone(write = tx));
            if (done.IsProblem) return done;
            foreach (var (_, part) in running) AccessRules.Audit(part);
            // The first entry of the group: its undo takes back the whole batch.
            var first = done.Value.IsReplayed
                ? await context.RequestServices.GetRequiredService<Database>().Read(
                    connection => Idempotency.FirstEntry(connection, write!.Actor, feed: null), context.RequestAborted)
                : write!.Entries is [var entry, ..] ? entry.Seq : null;
            return done.Value with { Seq = first };
        }
        finally
        {
            joint.Release();
            await Task.WhenAll(running.Select(part => part.Run));
        }
    }

    /// <summary>Runs a part up to its write.</summary>
    /// <returns>Null if the part has handed over its use case; else its answer.</returns>
    private async Task<PartAnswer?> Bring(BatchPart part, HttpContext outer, List<(Task, HttpContext)> running)
    {
        if (!part.IsOfInventory || Csrf.IsSafe(part.Method)) return PartAnswer.Of(NotWriting, outer);
        var body = new MemoryStream();
        var context = part.Context(outer, null, body);
        context.Features.Set(joint);
        var run = pipeline.Run(part, context);
        running.Add((run, context));
        if (await joint.Awaits(run)) return null;
        await run;
        await context.Response.CompleteAsync();
        return context.Response.StatusCode >= StatusCodes.Status400BadRequest
            ? new PartAnswer(context.Response.StatusCode, [], body.ToArray())
            : PartAnswer.Of(NotWriting, outer);
    }

    /// <summary>409 with the reason why part n was refused. The other parts were not done because of it.</summary>
    private Problem Failed(PartAnswer refused, int n, HttpContext context)
    {
        var answers = Enumerable.Range(0, parts.Count)
            .Select(part => part == n ? refused : PartAnswer.Of(NotDone, context)).ToList();
        var responses = Json.Bytes(answers, static (json, answers) => PartAnswer.Write(json, answers));
        return new Problem(StatusCodes.Status409Conflict, "batch_failed", n + 1)
        {
            Members = [("failed", $"{n}"), ("responses", Encoding.UTF8.GetString(responses))],
        };
    }
}
