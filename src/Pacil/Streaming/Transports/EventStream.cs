using System.Buffers;
using System.Net.Sockets;

namespace Pacil.Streaming.Transports;

/// <summary>
/// A stream of server-sent events (WHATWG HTML, 9.2). An entry is an event without a name, so that <c>onmessage</c>
/// receives every entry; all other events have names. The framework's result type for server-sent events is not used,
/// because it sends nothing before the first event and has no heartbeat. Frames are collected in a separate buffer and
/// not in the response's PipeWriter, because the PipeWriter would hold a memory block until the response ends.
/// </summary>
internal sealed class EventStream(HttpContext context, StreamContext parts) : FeedStream(parts)
{
    private readonly Socket? socket = TcpConnectionProbe.Of(context);

    protected override bool IsOver => context.RequestAborted.IsCancellationRequested;

    protected override bool IsLost => TcpConnectionProbe.IsLost(socket);

    public static async Task Serve(HttpContext context, StreamContext parts, ResyncNotice start)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        using var gone = context.RequestAborted.UnsafeRegister(
            static signal => ((AsyncSignal)signal!).Call(), parts.Subscriber.Signal);
        // The response must start before the first write. Otherwise the server holds the written bytes in memory until
        // the response ends.
        await response.StartAsync();
        context.ReleaseRequest();
        var stream = new EventStream(context, parts);
        stream.Frames.Write("retry: 1000\n\n"u8);
        await stream.Run(start);
    }

    protected override ValueTask<int> Entry(byte[] json)
    {
        var before = Frames.Length;
        Id();
        Data(json);
        return new(Frames.Length - before);
    }

    protected override ValueTask Frame(string name, byte[] data, bool hasCursor)
    {
        Frames.Write("event: "u8);
        Frames.Write(name);
        Frames.Write("\n"u8);
        if (hasCursor) Id();
        Data(data);
        return ValueTask.CompletedTask;
    }

    protected override ValueTask Flush() => Frames.Sent(context.Response.Body.WriteAsync(Frames.Written));

    protected override void Abort() => context.Abort();

    private void Id()
    {
        Frames.Write("id: "u8);
        WriteCursor();
        Frames.Write("\n"u8);
    }

    private void Data(byte[] json)
    {
        Frames.Write("data: "u8);
        Frames.Write(json);
        Frames.Write("\n\n"u8);
    }
}
