using System.Buffers;
using System.Text;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Collects frames before they are sent, and measures how long the current send has taken. The buffer holds no memory
/// after a send.
/// </summary>
internal sealed class FrameBuffer(TimeProvider time) : IBufferWriter<byte>
{
    private const int SizeMin = 1024;
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private byte[] bytes = [];
    private long sendingSince;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1)) Grow(Math.Max(sizeHint, SizeMin));
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Write(string text) => Encoding.UTF8.GetBytes(text, this);

    /// <summary>
    /// Whether a send takes so long that the subscriber should release its page of entries for other subscribers.
    /// </summary>
    public bool IsSlow(long now) => IsSending(now, SlowAfter);

    /// <summary>Whether a send has taken too long, or is still running when the program stops.</summary>
    public bool IsStuck(long now, CancellationToken stopping) =>
        IsSending(now, stopping.IsCancellationRequested ? TimeSpan.Zero : StuckAfter);

    private bool IsSending(long now, TimeSpan patience) =>
        Volatile.Read(ref sendingSince) is not 0 and var since && time.GetElapsedTime(since, now) >= patience;

    /// <summary>Waits until the written bytes are sent, then returns the buffer's memory to the pool.</summary>
    public async ValueTask Sent(ValueTask sending)
    {
        Volatile.Write(ref sendingSince, time.GetTimestamp());
        try
        {
            await sending;
        }
        finally
        {
            Volatile.Write(ref sendingSince, 0);
            Clear();
        }
    }

    public void Clear()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        Length = 0;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Length + more);
        Written.CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
