namespace Pacil.Streaming.Transports;

/// <summary>
/// The connection under a WebSocket. It counts the frames that the client sends (RFC 6455, 5.2), because the framework
/// answers pings and skips empty fragments before other code sees them. After too many frames it reads nothing more and
/// returns a close frame, so that the stream ends in the usual way.
/// </summary>
internal sealed class SocketFrames(Stream connection, TimeProvider time) : Stream
{
    private const int PerSecond = 50;
    private const int BurstMax = 250;

    private double allowed = BurstMax;
    private long countedAt = time.GetTimestamp();

    /// <summary>The bytes read of a frame's header; <c>rest</c> is what is left of its mask and payload.</summary>
    private int header;
    private int lengthBytes;
    private int maskBytes;
    private ulong length;
    private ulong rest;
    private int goodbyeBytes;

    /// <summary>The client has sent more frames than it may.</summary>
    public bool IsTooMany { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An empty close frame, masked.</summary>
    private static ReadOnlySpan<byte> Goodbye => [0x88, 0x80, 0, 0, 0, 0];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsTooMany) return SayGoodbye(buffer.Span);
        var read = await connection.ReadAsync(buffer, cancellationToken);
        var passed = Count(buffer.Span[..read]);
        return IsTooMany ? passed + SayGoodbye(buffer.Span[passed..]) : read;
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => connection.Write(buffer, offset, count);

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) connection.Dispose();
        base.Dispose(disposing);
    }

    /// <returns>The number of bytes before the first frame that is too many.</returns>
    private int Count(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
            if (rest > 0)
            {
                var skipped = (int)Math.Min(rest, (ulong)(bytes.Length - at));
                (rest, at) = (rest - (ulong)skipped, at + skipped);
            }
            else if (header == 0 && (IsTooMany = IsOneTooMany())) return at;
            else ReadHeader(bytes[at++]);
        return bytes.Length;
    }

    private void ReadHeader(byte value)
    {
        switch (header++)
        {
            case 0:
                return;
            case 1:
                var first = value & 0x7f;
                (maskBytes, lengthBytes) = (value >> 7 << 2, first == 127 ? 8 : first == 126 ? 2 : 0);
                length = lengthBytes == 0 ? (ulong)first : 0;
                break;
            default:
                length = length << 8 | value;
                break;
        }
        if (header == 2 + lengthBytes) (header, rest) = (0, length + (ulong)maskBytes);
    }

    private bool IsOneTooMany()
    {
        var now = time.GetTimestamp();
        allowed = Math.Min(BurstMax, allowed + time.GetElapsedTime(countedAt, now).TotalSeconds * PerSecond) - 1;
        countedAt = now;
        return allowed < 0;
    }

    private int SayGoodbye(Span<byte> buffer)
    {
        var some = Goodbye[goodbyeBytes..Math.Min(goodbyeBytes + buffer.Length, Goodbye.Length)];
        some.CopyTo(buffer);
        goodbyeBytes += some.Length;
        return some.Length;
    }
}
