namespace Pacil.Streaming.Commands;

/// <summary>
/// Passes a client's commands from the receiver to the stream, one at a time. The stream takes a command between two
/// entries and answers it; only then is the next one received.
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

    /// <summary>Completes with true when the command has been answered, with false when the stream has ended.</summary>
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

    /// <summary>The stream has ended: releases a receiver that waits for an answer.</summary>
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
