namespace Pacil.Feed;

/// <summary>
/// What a client says over its WebSocket, one at a time: the receiver puts it here, the stream takes it between
/// two entries and answers, and only then is the next one received.
/// </summary>
internal sealed class SocketCommandDispatcher
{
    private readonly Lock changing = new();
    private ReadOnlyMemory<byte> message;
    private TaskCompletionSource<bool>? answered;
    private bool isWaiting;
    private bool isOver;
    private long secondBegan;
    private int inSecond;

    /// <summary>There is one that nobody has taken yet.</summary>
    public bool IsWaiting => Volatile.Read(ref isWaiting);

    /// <summary>Completes when it has been answered: true; or when the stream has ended: false.</summary>
    public Task<bool> Put(ReadOnlyMemory<byte> command)
    {
        lock (changing)
        {
            if (isOver) return Task.FromResult(false);
            message = command;
            answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref isWaiting, true);
            return answered.Task;
        }
    }

    /// <returns>Null where there is nothing to answer.</returns>
    public ReadOnlyMemory<byte>? Take()
    {
        if (!IsWaiting) return null;
        isWaiting = false;
        return message;
    }

    public void Done() => answered?.TrySetResult(true);

    /// <summary>Lets the receiver go.</summary>
    public void End()
    {
        lock (changing)
        {
            isOver = true;
            answered?.TrySetResult(false);
        }
    }

    public bool IsTooOften(TimeProvider time, int perSecondMax)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(secondBegan, now) >= TimeSpan.FromSeconds(1)) (secondBegan, inSecond) = (now, 0);
        return ++inSecond > perSecondMax;
    }
}
