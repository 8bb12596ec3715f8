using System.Threading.Tasks.Sources;

namespace Pacil.Streaming;

/// <summary>
/// Wakes one waiter. A call while the waiter works is not lost, and several calls count as one. It allocates nothing;
/// the waiter continues on the caller's thread.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Called = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> source;
    private int state;

    public void Call()
    {
        if (Interlocked.Exchange(ref state, Called) == Waiting) source.SetResult(true);
    }

    /// <summary>Completes at the next call, or at once if there was one since the last wait.</summary>
    public ValueTask Wait()
    {
        source.Reset();
        if (Interlocked.CompareExchange(ref state, Waiting, Idle) == Idle) return new ValueTask(this, source.Version);
        BecomeIdle();
        return ValueTask.CompletedTask;
    }

    public void GetResult(short token)
    {
        source.GetResult(token);
        BecomeIdle();
    }

    /// <summary>
    /// Runs before the waiter reads. It needs the fence: a plain write could be delayed until after the read, and would
    /// then erase a call for something that the waiter has not seen.
    /// </summary>
    private void BecomeIdle() => Interlocked.Exchange(ref state, Idle);

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}
