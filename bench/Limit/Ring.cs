using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Limit;

/// <summary>
/// The smallest possible feed: a ring buffer of encoded messages, and one signal that wakes all readers. It has no
/// accounts, no database and no cursor to resume from.
/// </summary>
internal static class Ring
{
    private static readonly byte[][] Messages = new byte[1024][];
    private static long head;
    private static TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task Serve(HttpContext context) => context.Request.Method switch
    {
        "POST" => Publish(context),
        _ when context.WebSockets.IsWebSocketRequest => Socket(context),
        _ => Events(context),
    };

    private static async Task Publish(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Messages[(head + 1) % Messages.Length] = Encoding.UTF8.GetBytes(
            $$$"""{"workspace":2,"seq":{{{head + 1}}},"kind":"stock_moved","at":"2026-11-21T05:12:04.909Z","actor":"""
            + $$$"""{"id":1,"name":"ana"},"subject":{"type":"item","id":1},"version":{{{head + 1}}},"data":"""
            + $$$"""{"movement":{"id":{{{head + 1}}},"item":1,"place":1,"delta":1"""
            + $$$""","reason":"received","note":"{{{body.RootElement.GetProperty("note")}}}","amount":{{{head + 1}}}"""
            + $$$""","version":{{{head + 1}}},"at":"2026-11-21T05:12:04.909Z","by":1}"""
            + $$$""","amount":{{{head + 1}}}},"counts":{"items":1,"pieces":{{{head + 1}}},"low":0}}""");
        Volatile.Write(ref head, head + 1);
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private static async Task Events(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        var writer = context.Response.BodyWriter;
        writer.Write("event: hello\ndata: {}\n\n"u8);
        var seen = Volatile.Read(ref head);
        await writer.FlushAsync();
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var wait = Volatile.Read(ref next).Task;
            for (; seen < Volatile.Read(ref head); seen++)
            {
                writer.Write("id: 981e13f74e0e.2-"u8);
                writer.Write(Encoding.ASCII.GetBytes($"{seen + 1}"));
                writer.Write("-a0e0a819.3-0-00000000\ndata: "u8);
                writer.Write(Messages[(seen + 1) % Messages.Length]);
                writer.Write("\n\n"u8);
            }
            await writer.FlushAsync();
            await wait;
        }
    }

    private static async Task Socket(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.SendAsync(
            "{\"event\":\"hello\"}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var seen = Volatile.Read(ref head);
        while (socket.State == WebSocketState.Open)
        {
            var wait = Volatile.Read(ref next).Task;
            for (; seen < Volatile.Read(ref head); seen++)
                await socket.SendAsync(
                    (byte[])[
                        .. "{\"event\":\"entry\",\"id\":\"981e13f74e0e.2-"u8, .. Encoding.ASCII.GetBytes($"{seen + 1}"),
                        .. "-a0e0a819.3-0-00000000\",\"data\":"u8, .. Messages[(seen + 1) % Messages.Length], .. "}"u8],
                    WebSocketMessageType.Text, true, CancellationToken.None);
            await wait;
        }
    }
}
