using Pacil.Data;
using Pacil.Web.RateLimits;

namespace Pacil.Web;

/// <summary>
/// Joins the writes of several requests. Each request hands over its use case instead of writing. When all have, the
/// use cases run in order, in one transaction. See <c>Batch/</c>.
/// </summary>
internal sealed class JointWrite
{
    private static readonly Problem NotDone = new(StatusCodes.Status424FailedDependency, "not_done");

    private readonly List<Part> parts = [];
    private TaskCompletionSource arrived = new();
    private IDisposable? searchTurn;

    /// <summary>Waits until a request hands over its use case.</summary>
    /// <returns>False if the request ended without doing so.</returns>
    public async Task<bool> Awaits(Task request)
    {
        await Task.WhenAny(request, arrived.Task);
        var hasCome = arrived.Task.IsCompleted;
        arrived = new();
        return hasCome;
    }

    /// <summary>Hands over a use case. Completes when the whole write is decided.</summary>
    public Task<Result<ApiResponse>> Join(Func<WriteTransaction, Task<Result<ApiResponse>>> apply)
    {
        var part = new Part(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        parts.Add(part);
        arrived.TrySetResult();
        return part.Decided.Task;
    }

    /// <summary>Counts each search, but takes one turn for all: the parts would wait for each other.</summary>
    /// <exception cref="ProblemException">429 or 503 if there is no turn now.</exception>
    public async Task<IDisposable?> TakeSearchTurn(HttpContext context)
    {
        if (searchTurn is null) searchTurn = await Limits.TakeSearchTurn(context);
        else if (Limits.CountSearch(context) is { } refusal) throw new ProblemException(refusal);
        return null;
    }

    /// <summary>Runs the use cases in order, up to the first refusal. The caller then rolls them back.</summary>
    /// <returns>The answers so far. If one is refused, the last is its problem.</returns>
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

    /// <summary>Lets the waiting requests finish. Nobody reads their answers.</summary>
    public void Release()
    {
        searchTurn?.Dispose();
        foreach (var part in parts) part.Decided.TrySetResult(NotDone);
    }

    private sealed record Part(
        Func<WriteTransaction, Task<Result<ApiResponse>>> Apply, TaskCompletionSource<Result<ApiResponse>> Decided);
}
