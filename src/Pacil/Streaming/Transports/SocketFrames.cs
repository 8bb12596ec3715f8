namespace Pacil.Streaming.Transports;

/// <summary>
/// The byte stream under a WebSocket. It limits how many frames (RFC 6455, 5.2) the client sends. Frames must be
/// counted below the framework's WebSocket, because the framework handles pings and empty fragments itself and does not
/// report them. After too many frames, the stream reads nothing more from the client. It returns a close frame to the
/// framework instead, as if the client had sent it, so that the connection ends in the usual way.
/// </summary>
internal sealed class SocketFrames(Stream connection, TimeProvider time) : Stream
{
    private const int PerSecond = 50;
    private const int BurstMax = 250;

    private double allowed = BurstMax;
    private long countedAt = time.GetTimestamp();

    /// <summary>
    /// How many bytes of the current frame's header have been read. After the header, <c>rest</c> is the number of
    /// bytes of the mask and the payload that are still to be read.
    /// </summary>
    private int header;
    private int lengthBytes;
    private int maskBytes;
    private ulong length;
    private ulong rest;
    private int goodbyeBytes;

    /// <summary>Whether the client has sent more frames than allowed.</summary>
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

    /// <summary>A masked close frame without a payload.</summary>
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

    /// <summary>Counts the frames that begin in these bytes.</summary>
    /// <returns>
    /// The number of bytes before the first frame above the limit; all bytes if the limit is not reached.
    /// </returns>
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
