using Pacil.Data;
using Pacil.Web.RateLimits;

namespace Pacil.Web;

/// <summary>
/// The writes of the requests in an atomic batch. The requests run one after the other, but each only adds its write.
/// Then all writes run in one transaction. See <c>Batch/</c>.
/// </summary>
internal sealed class CollectedWrites : IDisposable
{
    /// <summary>422: an atomic batch must not contain this request.</summary>
    public static readonly Problem NotCollected = new(StatusCodes.Status422UnprocessableEntity, "not_atomic");

    private readonly List<RequestWrite> writes = [];
    private IDisposable? searchTurn;

    public int Count => writes.Count;

    /// <summary>The workspaces that the writes change.</summary>
    public IReadOnlyList<long> Workspaces => [.. writes.Select(write => write.Workspace).OfType<long>().Distinct()];

    /// <summary>
    /// Adds a write. Counts its search against the account's rate, but takes only one search slot for all writes
    /// together: with a slot for each write, they would wait for each other.
    /// </summary>
    /// <exception cref="ProblemException">429 or 503: the search cannot run now.</exception>
    public async Task Add(RequestWrite write)
    {
        if (write.NeedsSearchTurn && searchTurn is null) searchTurn = await Limits.TakeSearchTurn(write.Context);
        else if (write.NeedsSearchTurn && Limits.CountSearch(write.Context) is { } refusal)
            throw new ProblemException(refusal);
        // If the write's response must not be stored, the write is not added, because the response of the batch is
        // stored. The batch then refuses the request with NotCollected.
        if (write.IsStored) writes.Add(write);
    }

    /// <summary>Runs the writes in order, and stops at the first refusal. The caller must then roll back.</summary>
    /// <returns>The responses of the writes that ran. If one was refused, the last element is its problem.</returns>
    public async Task<List<Result<ApiResponse>>> Apply(WriteTransaction tx)
    {
        var results = new List<Result<ApiResponse>>();
        if (Workspaces is { Count: > 1 } several) await tx.LockFeeds(several);
        foreach (var write in writes)
        {
            results.Add(await Apply(tx, write));
            if (results[^1].IsProblem) break;
        }
        return results;
    }

    /// <summary>Runs <see cref="RequestWrite.AfterCommit"/> of each write.</summary>
    public void AfterCommit()
    {
        foreach (var write in writes) write.AfterCommit?.Invoke();
    }

    public void Dispose() => searchTurn?.Dispose();

    private static async Task<Result<ApiResponse>> Apply(WriteTransaction tx, RequestWrite write)
    {
        try
        {
            return await write.Authorize(tx) is { } refusal ? refusal : await write.Apply(tx);
        }
        catch (ProblemException refused)
        {
            return refused.Problem;
        }
    }
}
