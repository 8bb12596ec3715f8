using System.Buffers;
using System.Net.WebSockets;
using System.Security.Claims;

namespace Pacil.Streaming.Transports;

/// <summary>
/// A stream over a WebSocket (RFC 6455). The server sends JSON objects, <c>{"event", "id", "data"}</c>. The client may
/// send commands, <c>{"do", "ref", …}</c>. The response to a command is the event <c>done</c> or <c>problem</c> with
/// the command's <c>ref</c>.
/// </summary>
internal sealed class SocketStream(WebSocket socket, HttpContext context, StreamContext parts) : FeedStream(parts)
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(0.5);

    private readonly SocketReceiver receiver = new(socket, context, parts);

    protected override bool IsOver => receiver.Ending is not null || socket.State != WebSocketState.Open;

    public static async Task Serve(HttpContext context, StreamContext parts, ResyncNotice start)
    {
        using var socket = await Upgrade.Accept(context);
        context.ReleaseRequest();
        var stream = new SocketStream(socket, context, parts);
        var receiving = stream.receiver.Run();
        try
        {
            await stream.Run(start);
            await stream.Close(receiving);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has disconnected. It reconnects by itself and continues at its position.
        }
        finally
        {
            stream.receiver.Commands.End();
            if (stream.receiver.Ending is null) socket.Abort();
            else if (stream.receiver.Ending is WebSocketCloseStatus.Empty or WebSocketCloseStatus.PolicyViolation)
                await Linger(context);
            await receiving;
        }
    }

    protected override void Renew(ClaimsPrincipal user) => context.User = user;

    protected override async ValueTask<int> Entry(byte[] json)
    {
        Begin("entry");
        Id();
        Frames.Write(",\"data\":"u8);
        Frames.Write(json);
        return await SendFrame();
    }

    protected override async ValueTask Frame(string name, byte[] data, bool hasCursor)
    {
        Begin(name);
        if (hasCursor) Id();
        Frames.Write(",\"data\":"u8);
        Frames.Write(data);
        await SendFrame();
    }

    /// <summary>Does nothing, because a WebSocket sends each frame immediately.</summary>
    protected override ValueTask Flush() => ValueTask.CompletedTask;

    protected override void Abort() => context.Abort();

    protected override bool IsAsked => receiver.Commands.IsWaiting;

    protected override async ValueTask Dispatch()
    {
        if (receiver.Commands.Take() is not { } message) return;
        var (reference, answer) = await Feed.Commands.Dispatch(context, Feed, message);
        if (answer.IsProblem) await Reply("problem", reference, answer.Problem.Bytes(context));
        else await Reply("done", reference, answer.Value);
        receiver.Commands.Done();
    }

    private async Task Reply(string name, string? reference, byte[] data)
    {
        Begin(name);
        if (reference is not null)
        {
            Frames.Write(",\"ref\":"u8);
            Frames.Write(reference);
        }
        Frames.Write(",\"data\":"u8);
        Frames.Write(data);
        await SendFrame();
    }

    /// <summary>
    /// Waits half a second after an invalid frame, or after too many frames or commands, because the client may still
    /// be sending. Closing a connection with unread bytes resets the connection, so the client needs time to read the
    /// close status code first. The wait ends early if the client disconnects.
    /// </summary>
    private static async Task Linger(HttpContext context) => await Task.Delay(GoodbyePatience, context.RequestAborted)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// Sends a close frame and waits for the client's close frame. Without this wait, the client might not read all
    /// data.
    /// </summary>
    private async Task Close(Task receiving)
    {
        // If the client has closed the connection, the receiver is about to notice this and to set its status code.
        if (socket.State is not WebSocketState.Open) await Task.WhenAny(receiving, Task.Delay(GoodbyePatience));
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var patience = new CancellationTokenSource(GoodbyePatience);
        var status = receiver.Ending is { } ending and not WebSocketCloseStatus.Empty
            ? ending : WebSocketCloseStatus.EndpointUnavailable;
        if (receiver.Ending is not null)
        {
            // CloseAsync also receives the client's close frame. It may receive here, because the receiver has ended.
            await socket.CloseAsync(status, null, patience.Token);
            return;
        }
        await socket.CloseOutputAsync(status, null, patience.Token);
        await Task.WhenAny(receiving, Task.Delay(GoodbyePatience));
    }

    private void Begin(string name)
    {
        Frames.Write("{\"event\":\""u8);
        Frames.Write(name);
        Frames.Write("\""u8);
    }

    private void Id()
    {
        Frames.Write(",\"id\":\""u8);
        WriteCursor();
        Frames.Write("\""u8);
    }

    private async ValueTask<int> SendFrame()
    {
        Frames.Write("}"u8);
        var length = Frames.Length;
        await Frames.Sent(socket.SendAsync(
            Frames.Written, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None));
        return length;
    }
}
