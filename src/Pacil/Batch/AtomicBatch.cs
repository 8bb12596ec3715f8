using System.Text;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

/// <summary>
/// Runs a batch as one write. Each part runs until it would start a transaction. Instead, it adds its use case (a
/// function that writes) to a <see cref="JointWrite"/>. When all parts have done so, the use cases run in one
/// transaction. If a part is refused, nothing is written, and the response says which part was refused and why.
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
            // The response contains the number of the first entry. All entries of the write form one group, so undoing
            // the first entry undoes the whole batch.
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

    /// <summary>Runs a part until it hands over its use case or ends.</summary>
    /// <returns>Null if the part has handed over its use case; otherwise the part's response.</returns>
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

    /// <summary>The 409 response after part n was refused: the refusal of part n, and 424 for all others.</summary>
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
