using System.Buffers;
using System.Net.WebSockets;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// Reads what a client sends over its WebSocket: one message at a time, none too large, too slow or too often, and
/// all of them together within <see cref="BodyBudget"/>. A message that breaks the rules ends the stream with the code
/// that says why (RFC 6455, 7.4).
/// </summary>
internal sealed class SocketReceiver(WebSocket socket, HttpContext context, StreamContext parts)
{
    /// <summary>4,000 characters take 48 KB where each is two escapes of six bytes.</summary>
    private const int MessageBytesMax = 64 * 1024;
    private const int FirstBytes = 1024;
    private const int MessagesPerSecondMax = 20;

    /// <summary>Of the registry of RFC 6455, in which the framework knows it by no name: try again later.</summary>
    private const WebSocketCloseStatus NoRoom = (WebSocketCloseStatus)1013;

    private readonly BodyBudget budget = context.RequestServices.GetRequiredService<BodyBudget>();
    private readonly TimeSpan patience =
        TimeSpan.FromSeconds(context.RequestServices.GetRequiredService<Settings>().RequestSeconds);

    /// <summary>What counts its frames; null where nothing does.</summary>
    private readonly SocketFrames? frames = context.Features.Get<SocketFrames>();

    public SocketCommandDispatcher Commands { get; } = new();

    /// <summary>Why there is nothing more to receive; null while there may be.</summary>
    public WebSocketCloseStatus? Ending { get; private set; }

    /// <summary>Why it was closed.</summary>
    private WebSocketCloseStatus Closing => frames is { IsTooMany: true }
        ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure;

    public async Task Run()
    {
        try
        {
            while (Ending is null)
            {
                // Waiting with nothing in hand holds no buffer for an idle connection.
                var coming = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (coming.MessageType == WebSocketMessageType.Close)
                {
                    Ending = Closing;
                    break;
                }
                // An empty message is over with that.
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

    /// <returns>Why there is no whole message; null where there is.</returns>
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
