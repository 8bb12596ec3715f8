using System.Buffers;
using System.Net.WebSockets;

namespace Pacil.Feed;

/// <summary>
/// Reads what a client sends over its WebSocket: one message at a time, none too large, none too often. A message
/// that breaks the rules ends the stream with the code that says why (RFC 6455, 7.4).
/// </summary>
/// <param name="frames">What counts its frames; null where nothing does.</param>
internal sealed class SocketReceiver(WebSocket socket, StreamParts parts, SocketFrames? frames)
{
    private const int MessageBytesMax = 16 * 1024;
    private const int MessagesPerSecondMax = 20;

    public SocketCommands Commands { get; } = new();

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
        parts.Follower.Wakeup.Call();
    }

    private async Task<WebSocketCloseStatus?> TakeEmpty(WebSocketMessageType type) =>
        type == WebSocketMessageType.Binary ? WebSocketCloseStatus.InvalidMessageType
        : await Understand(ReadOnlyMemory<byte>.Empty);

    private async Task<WebSocketCloseStatus?> ReceiveOne()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MessageBytesMax + 1);
        try
        {
            var (ending, length) = await ReceiveMessage(buffer);
            return ending ?? await Understand(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(WebSocketCloseStatus? Ending, int Length)> ReceiveMessage(Memory<byte> buffer)
    {
        for (var length = 0; ;)
        {
            var received = await socket.ReceiveAsync(buffer[length..], CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) return (Closing, 0);
            if (received.MessageType == WebSocketMessageType.Binary)
                return (WebSocketCloseStatus.InvalidMessageType, 0);
            length += received.Count;
            if (length > MessageBytesMax) return (WebSocketCloseStatus.MessageTooBig, 0);
            if (received.EndOfMessage) return (null, length);
        }
    }

    /// <summary>Hands a message to the stream and waits until it has been answered.</summary>
    private async Task<WebSocketCloseStatus?> Understand(ReadOnlyMemory<byte> message)
    {
        if (parts.IsLimited && Commands.IsTooOften(parts.Time, MessagesPerSecondMax))
            return WebSocketCloseStatus.PolicyViolation;
        var answer = Commands.Put(message);
        parts.Follower.Wakeup.Call();
        return await answer ? null : WebSocketCloseStatus.EndpointUnavailable;
    }
}
