using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// What several requests write as one: each brings its use case here in place of writing by itself, and once all are
/// here they run in their order, in one transaction. See <c>Batch/</c>.
/// </summary>
internal sealed class JointWrite
{
    private static readonly Problem NotDone = new(StatusCodes.Status424FailedDependency, "not_done");

    private readonly List<Part> parts = [];
    private TaskCompletionSource arrived = new();
    private IDisposable? searchTurn;

    /// <summary>Waits for a request to bring its use case.</summary>
    /// <returns>False when it has ended without.</returns>
    public async Task<bool> Awaits(Task request)
    {
        await Task.WhenAny(request, arrived.Task);
        var hasCome = arrived.Task.IsCompleted;
        arrived = new();
        return hasCome;
    }

    /// <summary>Brings a use case; completes when all of it is decided.</summary>
    public Task<Result<ApiResponse>> Join(Func<WriteTransaction, Task<Result<ApiResponse>>> apply)
    {
        var part = new Part(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        parts.Add(part);
        arrived.TrySetResult();
        return part.Decided.Task;
    }

    /// <summary>Each search is counted, and all of them have one turn: else they would wait for each other's.</summary>
    /// <exception cref="ProblemException">429, 503: not now.</exception>
    public async Task<IDisposable?> TakeSearchTurn(HttpContext context)
    {
        if (searchTurn is null) searchTurn = await Limits.TakeSearchTurn(context);
        else if (Limits.CountSearch(context) is { } refusal) throw new ProblemException(refusal);
        return null;
    }

    /// <summary>Runs them, and nothing of any where one is refused.</summary>
    /// <returns>The answers so far; the last is the problem where there is one.</returns>
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

    /// <summary>Lets the requests go on that wait; what they then say, nobody reads.</summary>
    public void Release()
    {
        searchTurn?.Dispose();
        foreach (var part in parts) part.Decided.TrySetResult(NotDone);
    }

    private sealed record Part(
        Func<WriteTransaction, Task<Result<ApiResponse>>> Apply, TaskCompletionSource<Result<ApiResponse>> Decided);
}
