using System.Buffers;
using System.Net.WebSockets;
using Pacil.Streaming.Commands;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Receives the messages of a client over its WebSocket, one at a time. It limits the size of a message, the time to
/// receive it, the number of messages per second, and the bytes of all clients together (<see cref="BodyBudget"/>). A
/// message that breaks a limit or is not valid ends the stream with a close status code (RFC 6455, 7.4).
/// </summary>
internal sealed class SocketReceiver(WebSocket socket, HttpContext context, StreamContext parts)
{
    /// <summary>
    /// Enough for a chat message of 4,000 code points, the longest text of a command. JSON may write a code point as
    /// two escaped UTF-16 units of six bytes each, so such a message needs up to 48 KB.
    /// </summary>
    private const int MessageBytesMax = 64 * 1024;
    private const int FirstBytes = 1024;
    private const int MessagesPerSecondMax = 20;

    /// <summary>
    /// The close status code "Try Again Later". It is in the registry of RFC 6455, but the framework's enum has no name
    /// for it.
    /// </summary>
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private readonly BodyBudget budget = context.RequestServices.GetRequiredService<BodyBudget>();
    private readonly TimeSpan patience =
        TimeSpan.FromSeconds(context.RequestServices.GetRequiredService<Settings>().RequestSeconds);

    /// <summary>Counts the frames that the client sends; null if the settings turn limits off.</summary>
    private readonly SocketFrames? frames = context.Features.Get<SocketFrames>();

    public SocketCommandDispatcher Commands { get; } = new();

    /// <summary>The status code with which receiving has ended; null while the receiver runs.</summary>
    public WebSocketCloseStatus? Ending { get; private set; }

    /// <summary>
    /// The status code of the response to a close frame. The client has sent the close frame, or
    /// <see cref="SocketFrames"/> has created it because the client has sent too many frames.
    /// </summary>
    private WebSocketCloseStatus Closing => frames is { IsTooMany: true }
        ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure;

    public async Task Run()
    {
        try
        {
            while (Ending is null)
            {
                // Wait with an empty buffer, so that an idle connection holds no memory.
                var coming = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (coming.MessageType == WebSocketMessageType.Close)
                {
                    Ending = Closing;
                    break;
                }
                // If the message is empty, the receive above has already consumed it.
                Ending = coming.EndOfMessage ? await TakeEmpty(coming.MessageType) : await ReceiveOne();
            }
        }
        catch (Exception e) when (
            e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            Ending ??= WebSocketCloseStatus.Empty;
        }
        parts.Subscriber.Signal.Call();
    }

    private async Task<WebSocketCloseStatus?> TakeEmpty(WebSocketMessageType type) =>
        type == WebSocketMessageType.Binary ? WebSocketCloseStatus.InvalidMessageType
        : await Understand(ReadOnlyMemory<byte>.Empty);

    private async Task<WebSocketCloseStatus?> ReceiveOne()
    {
        using var lease = budget.For(context);
        var message = new ArrayBufferWriter<byte>(FirstBytes);
        return await Receive(message, lease) ?? await Understand(message.WrittenMemory);
    }

    /// <returns>Null if a whole message was received; otherwise the status code with which the stream ends.</returns>
    private async Task<WebSocketCloseStatus?> Receive(ArrayBufferWriter<byte> message, BodyBudget.Lease lease)
    {
        using var deadline = new CancellationTokenSource(patience, parts.Time);
        while (true)
        {
            var free = message.GetMemory();
            if (lease.Hold(message.Capacity) is not null) return TryAgainLater;
            var received = await socket.ReceiveAsync(free, deadline.Token);
            if (received.MessageType == WebSocketMessageType.Close) return Closing;
            if (received.MessageType == WebSocketMessageType.Binary) return WebSocketCloseStatus.InvalidMessageType;
            message.Advance(received.Count);
            if (message.WrittenCount > MessageBytesMax) return WebSocketCloseStatus.MessageTooBig;
            if (received.EndOfMessage) return null;
        }
    }

    /// <summary>Hands a message to the stream and waits until the stream has sent the response.</summary>
    private async Task<WebSocketCloseStatus?> Understand(ReadOnlyMemory<byte> message)
    {
        if (parts.IsLimited && Commands.IsTooOften(parts.Time, MessagesPerSecondMax))
            return WebSocketCloseStatus.PolicyViolation;
        var answer = Commands.Put(message);
        parts.Subscriber.Signal.Call();
        return await answer ? null : WebSocketCloseStatus.EndpointUnavailable;
    }
}
