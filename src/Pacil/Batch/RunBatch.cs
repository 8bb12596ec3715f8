using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

/// <summary>
/// Runs many requests in one. Each part is checked like a separate request of the caller and has its own response. In a
/// batch with the idempotency key K, part n has the key <c>K/n</c>, so that the client can retry the batch. If the
/// batch is <c>atomic</c>, all parts are one write.
/// </summary>
internal sealed class RunBatch(BatchPipeline pipeline)
{
    private const int AnswerBytesMax = 8 * 1024 * 1024;
    private const int KeyLengthMax = 250;

    /// <summary>The headers of a part's response that are included in the response of the batch.</summary>
    private static readonly string[] ReportedHeaders =
    [
        "Allow", "Location", "ETag", "Link", "Feed-Cursor", "Feed-Seq", "Retry-After", "Idempotency-Replayed",
    ];

    public async Task<IResult> Handle(RequestFields fields, CurrentUser user, HttpContext context)
    {
        var (parts, isAtomic) = (BatchPart.Read(fields), fields.Flag("atomic") is true);
        if (fields.Problem is { } problem) return problem;
        return isAtomic
            ? await AtomicBatch.Run(parts, pipeline, fields, user, context)
            : await Run(parts, context);
    }

    private async Task<IResult> Run(List<BatchPart> parts, HttpContext context)
    {
        var key = Idempotency.Of(context.Request, default)?.Value;
        if (key?.Length > KeyLengthMax) return new Problem(StatusCodes.Status400BadRequest, "bad_idempotency_key");
        var (answers, bytes) = (new List<PartAnswer>(), 0L);
        for (var n = 0; n < parts.Count; n++)
        {
            answers.Add(bytes < AnswerBytesMax
                ? await Run(parts[n], parts[n].Key ?? (key is null ? null : $"{key}/{n}"), context)
                : PartAnswer.Of(new Problem(StatusCodes.Status413PayloadTooLarge, "batch_too_large"), context));
            bytes += answers[^1].Body.Length;
        }
        return new ApiResponse(StatusCodes.Status200OK, PartAnswer.Bytes(answers));
    }

    private async Task<PartAnswer> Run(BatchPart part, string? key, HttpContext outer)
    {
        using var body = new MemoryStream();
        var context = part.Context(outer, key, body);
        await pipeline.Run(part, context);
        await context.Response.CompleteAsync();
        var headers = ReportedHeaders.Where(context.Response.Headers.ContainsKey)
            .Select(name => KeyValuePair.Create(name, context.Response.Headers[name]));
        return new PartAnswer(context.Response.StatusCode, [.. headers], body.ToArray());
    }
}
