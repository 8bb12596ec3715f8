using Pacil.Data;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// A write that a request asks for. An endpoint returns it, and <see cref="RequestWriter"/> runs it. In an atomic
/// batch, the writes of all requests are collected first and then run in one transaction; see
/// <see cref="CollectedWrites"/>.
/// </summary>
/// <param name="Actor">The writer, without an idempotency key.</param>
/// <param name="Authorize">Returns a problem if the actor may not write; otherwise null.</param>
/// <param name="Apply">The use case. If it returns a problem, nothing is written.</param>
internal sealed record RequestWrite(
    HttpContext Context, Actor Actor, Func<WriteTransaction, Task<Problem?>> Authorize,
    Func<WriteTransaction, Task<Result<ApiResponse>>> Apply) : IResult
{
    /// <summary>The request body. A retry with the same idempotency key must have the same body.</summary>
    public RequestFields? Fields { get; init; }

    /// <summary>
    /// Whether a retry with the same idempotency key gets the stored response. False if the response contains a secret,
    /// which must not be stored.
    /// </summary>
    public bool IsStored { get; init; } = true;

    /// <summary>The idempotency key, if it is not in the request's header or form.</summary>
    public Idempotency? Key { get; init; }

    /// <summary>Whether the response names the entry by which the write can be undone.</summary>
    public bool IsUndoable { get; init; }

    /// <summary>
    /// The workspace that the write changes, whose feed has the entry by which the write can be undone. Null if the
    /// write changes none or several; the entry is then in the feed with the lowest id.
    /// </summary>
    public long? Workspace { get; init; }

    /// <summary>Whether the write searches by terms in the request body, and so waits for a search slot.</summary>
    public bool NeedsSearchTurn { get; init; }

    /// <summary>Runs after the commit, in this process only.</summary>
    public Action? AfterCommit { get; init; }

    public Task<Result<ApiResponse>> Run() => RequestWriter.Run(this);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<CollectedWrites>() is { } collected) await collected.Add(this);
        else await (await Run()).ExecuteAsync(httpContext);
    }
}
