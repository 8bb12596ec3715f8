using System.Buffers;
using System.Net.WebSockets;
using Pacil.Streaming.Commands;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Reads what a client sends over its WebSocket, one message at a time, with limits on size, duration and rate, and on
/// the bytes of all clients together (<see cref="BodyBudget"/>). A message that breaks a rule ends the stream with the
/// status code that says why (RFC 6455, 7.4).
/// </summary>
internal sealed class SocketReceiver(WebSocket socket, HttpContext context, StreamContext parts)
{
    /// <summary>A text of 4,000 characters takes up to 48 KB, if each is two escapes of six bytes.</summary>
    private const int MessageBytesMax = 64 * 1024;
    private const int FirstBytes = 1024;
    private const int MessagesPerSecondMax = 20;

    /// <summary>Try again later. The registry of RFC 6455 has this code; the framework has no name for it.</summary>
    private const WebSocketCloseStatus NoRoom = (WebSocketCloseStatus)1013;

    private readonly BodyBudget budget = context.RequestServices.GetRequiredService<BodyBudget>();
    private readonly TimeSpan patience =
        TimeSpan.FromSeconds(context.RequestServices.GetRequiredService<Settings>().RequestSeconds);

    /// <summary>Null if the limits are off.</summary>
    private readonly SocketFrames? frames = context.Features.Get<SocketFrames>();

    public SocketCommandDispatcher Commands { get; } = new();

    /// <summary>Why receiving has ended; null until then.</summary>
    public WebSocketCloseStatus? Ending { get; private set; }

    /// <summary>A close frame may come from <see cref="SocketFrames"/>, after too many frames.</summary>
    private WebSocketCloseStatus Closing => frames is { IsTooMany: true }
        ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure;

    public async Task Run()
    {
        try
        {
            while (Ending is null)
            {
                // A zero-byte receive needs no buffer while the connection is idle.
                var coming = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (coming.MessageType == WebSocketMessageType.Close)
                {
                    Ending = Closing;
                    break;
                }
                // The zero-byte receive has already consumed an empty message.
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

    /// <returns>Why there is no whole message; null if there is one.</returns>
    private async Task<WebSocketCloseStatus?> Receive(ArrayBufferWriter<byte> message, BodyBudget.Lease lease)
    {
        using var deadline = new CancellationTokenSource(patience, parts.Time);
        while (true)
        {
            var free = message.GetMemory();
            if (lease.Hold(message.Capacity) is not null) return NoRoom;
            var received = await socket.ReceiveAsync(free, deadline.Token);
            if (received.MessageType == WebSocketMessageType.Close) return Closing;
            if (received.MessageType == WebSocketMessageType.Binary) return WebSocketCloseStatus.InvalidMessageType;
            message.Advance(received.Count);
            if (message.WrittenCount > MessageBytesMax) return WebSocketCloseStatus.MessageTooBig;
            if (received.EndOfMessage) return null;
        }
    }

    /// <summary>Hands a message to the stream and waits until it has been answered.</summary>
    private async Task<WebSocketCloseStatus?> Understand(ReadOnlyMemory<byte> message)
    {
        if (parts.IsLimited && Commands.IsTooOften(parts.Time, MessagesPerSecondMax))
            return WebSocketCloseStatus.PolicyViolation;
        var answer = Commands.Put(message);
        parts.Subscriber.Signal.Call();
        return await answer ? null : WebSocketCloseStatus.EndpointUnavailable;
    }
}
