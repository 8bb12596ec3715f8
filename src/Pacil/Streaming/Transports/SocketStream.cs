using System.Buffers;
using System.Net.WebSockets;
using System.Security.Claims;

namespace Pacil.Streaming.Transports;

/// <summary>
/// A WebSocket (RFC 6455): each frame is a JSON text, <c>{"event", "id", "data"}</c>. The client may send commands,
/// <c>{"do", "ref", …}</c>; each is answered by <c>done</c> or <c>problem</c> with its <c>ref</c>.
/// </summary>
internal sealed class SocketStream(WebSocket socket, HttpContext context, StreamContext parts) : FeedStream(parts)
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(0.5);

    private readonly SocketReceiver receiver = new(socket, context, parts);

    protected override bool IsOver => receiver.Ending is not null || socket.State != WebSocketState.Open;

    public static async Task Serve(HttpContext context, StreamContext parts, ResyncNotice start)
    {
        using var socket = await Upgrade.Accept(context);
        context.ForgetRequest();
        var stream = new SocketStream(socket, context, parts);
        var receiving = stream.receiver.Run();
        try
        {
            await stream.Run(start);
            await stream.Close(receiving);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer is gone; it reconnects by itself, from its position.
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

    /// <summary>Each frame has already been sent.</summary>
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
    /// Waits a moment after a broken frame, or one too many: the peer needs time to read the status code before the
    /// bytes that it still sends reset the connection. It does not wait for a peer that is gone.
    /// </summary>
    private static async Task Linger(HttpContext context) => await Task.Delay(GoodbyePatience, context.RequestAborted)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Without the wait for the peer's close frame, the peer might not read all that was sent.</summary>
    private async Task Close(Task receiving)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            // The receiver is about to report what has happened.
            await Task.WhenAny(receiving, Task.Delay(GoodbyePatience));
            return;
        }
        using var patience = new CancellationTokenSource(GoodbyePatience);
        var status = receiver.Ending is { } ending and not WebSocketCloseStatus.Empty
            ? ending : WebSocketCloseStatus.EndpointUnavailable;
        if (receiver.Ending is not null)
        {
            // The receiver has ended, so this may receive the peer's close frame.
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
