using Pacil.Data;
using Pacil.Web.RateLimits;

namespace Pacil.Web;

/// <summary>
/// Combines the writes of several requests, the parts of an atomic batch, into one transaction. Each request hands over
/// its use case instead of writing. After the last request has done so, the use cases run in order. See <c>Batch/</c>.
/// </summary>
internal sealed class JointWrite
{
    private static readonly Problem NotDone = new(StatusCodes.Status424FailedDependency, "not_done");

    private readonly List<Part> parts = [];
    private TaskCompletionSource arrived = new();
    private IDisposable? searchTurn;

    /// <summary>Waits until the request hands over its use case or ends.</summary>
    /// <returns>False if the request has ended without handing over a use case.</returns>
    public async Task<bool> Awaits(Task request)
    {
        await Task.WhenAny(request, arrived.Task);
        var hasCome = arrived.Task.IsCompleted;
        arrived = new();
        return hasCome;
    }

    /// <summary>Hands over a use case. The returned task completes when <see cref="Release"/> is called.</summary>
    public Task<Result<ApiResponse>> Join(Func<WriteTransaction, Task<Result<ApiResponse>>> apply)
    {
        var part = new Part(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        parts.Add(part);
        arrived.TrySetResult();
        return part.Decided.Task;
    }

    /// <summary>
    /// Counts every search against the account's rate, but acquires only one search slot for all parts together: with
    /// one slot per part, the parts would wait for each other.
    /// </summary>
    /// <exception cref="ProblemException">
    /// 429 or 503 if the rate is exceeded or no slot becomes free in time.
    /// </exception>
    public async Task<IDisposable?> TakeSearchTurn(HttpContext context)
    {
        if (searchTurn is null) searchTurn = await Limits.TakeSearchTurn(context);
        else if (Limits.CountSearch(context) is { } refusal) throw new ProblemException(refusal);
        return null;
    }

    /// <summary>
    /// Runs the use cases in order, and stops at the first refusal. The caller must then roll back the transaction.
    /// </summary>
    /// <returns>The responses of the use cases that ran. If one was refused, the last element is its problem.</returns>
    public async Task<List<Result<ApiResponse>>> Apply(WriteTransaction tx)
    {
        var results = new List<Result<ApiResponse>>();
        foreach (var part in parts)
        {
            try
            {
                results.Add(await part.Apply(tx));
            }
            catch (ProblemException refused)
            {
                results.Add(refused.Problem);
            }
            if (results[^1].IsProblem) break;
        }
        return results;
    }

    /// <summary>
    /// Releases the search slot, and completes the waiting requests. Their own responses are discarded, because the
    /// batch has one response for all.
    /// </summary>
    public void Release()
    {
        searchTurn?.Dispose();
        foreach (var part in parts) part.Decided.TrySetResult(NotDone);
    }

    private sealed record Part(
        Func<WriteTransaction, Task<Result<ApiResponse>>> Apply, TaskCompletionSource<Result<ApiResponse>> Decided);
}
