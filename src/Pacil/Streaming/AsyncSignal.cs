using System.Threading.Tasks.Sources;

namespace Pacil.Streaming;

/// <summary>
/// An event that wakes one waiter. A call to <see cref="Call"/> while nobody waits is remembered: the next wait then
/// completes immediately. Several such calls count as one. The signal allocates nothing. The waiter continues on the
/// thread that calls <see cref="Call"/>.
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

    /// <summary>
    /// Completes at the next <see cref="Call"/>, or immediately if there was a call since the last wait completed.
    /// </summary>
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
    /// Resets the signal before the waiter looks for new data. The reset needs a full memory fence. The processor could
    /// delay a plain write until after the waiter has looked for data. Such a late reset would erase a call to
    /// <see cref="Call"/> that announced data in between, and the waiter would miss this data.
    /// </summary>
    private void BecomeIdle() => Interlocked.Exchange(ref state, Idle);

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}
