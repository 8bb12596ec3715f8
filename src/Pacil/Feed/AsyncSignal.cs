using System.Threading.Tasks.Sources;

namespace Pacil.Feed;

/// <summary>
/// Wakes one reader, however often and from wherever it is called; what comes while the reader works is not lost.
/// Nothing is allocated for it. The reader goes on in the caller's thread.
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

    /// <summary>Completes at the next call, or at once when there was one since the last time.</summary>
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
    /// Before the reader looks, and not after: a plain write could be put off until it has looked, and would then
    /// wipe out a call that it has not seen the reason of.
    /// </summary>
    private void BecomeIdle() => Interlocked.Exchange(ref state, Idle);

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}
