namespace Pacil.Streaming.Commands;

/// <summary>
/// Passes a client's commands from the receiver to the stream, one at a time. The stream runs a command between two
/// entries. The receiver receives the next command after the stream has sent the response.
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

    public bool IsWaiting => Volatile.Read(ref isWaiting);

    /// <summary>
    /// Hands a command to the stream. The task returns true when the stream has sent the response, and false if the
    /// stream has ended.
    /// </summary>
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

    public ReadOnlyMemory<byte>? Take()
    {
        if (!IsWaiting) return null;
        isWaiting = false;
        return message;
    }

    public void Done() => answered?.TrySetResult(true);

    /// <summary>Called when the stream has ended. Releases a receiver that still waits for a response.</summary>
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
