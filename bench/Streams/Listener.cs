using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Streams;

/// <summary>
/// Reads one stream from a bare socket. It searches the received bytes for message numbers and ignores the framing, so
/// the same code reads SSE and WebSocket. It accepts only the next expected number: the count stops at a lost message
/// and ignores a repeated message.
/// </summary>
internal sealed class Listener(Socket socket, long[] sent)
{
    private static readonly byte[] Marker = "\"note\":\"m"u8.ToArray();
    private const int Digits = 6;

    public long[] Waits { get; } = new long[sent.Length];

    public int Count { get; private set; }

    public static async Task<Listener> Open(
        Uri url, string feed, string kind, string cookie, string greeting, long[] sent)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var upgrade = kind == "ws"
            ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            : "Accept: text/event-stream\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {feed} HTTP/1.1\r\nHost: {url.Authority}\r\nOrigin: {url.GetLeftPart(UriPartial.Authority)}\r\n"
            + $"Cookie: {cookie}\r\n{upgrade}\r\n"));
        var listener = new Listener(socket, sent);
        var buffer = new byte[4096];
        for (var head = ""; !head.Contains(greeting, StringComparison.Ordinal);)
            head += Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
        _ = listener.Listen(buffer);
        return listener;
    }

    private async Task Listen(byte[] buffer)
    {
        for (var kept = 0; ;)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(kept));
            if (received == 0) return;
            kept = Scan(buffer, kept + received);
        }
    }

    /// <returns>
    /// The number of bytes at the end of the buffer that may be the beginning of a message. Scan moves them to the
    /// front of the buffer.
    /// </returns>
    private int Scan(byte[] buffer, int length)
    {
        var now = Stopwatch.GetTimestamp();
        var rest = buffer.AsSpan(0, length);
        for (int at; (at = rest.IndexOf(Marker)) >= 0 && rest.Length >= at + Marker.Length + Digits;)
        {
            rest = rest[(at + Marker.Length)..];
            if (Count < sent.Length && int.Parse(rest[..Digits], CultureInfo.InvariantCulture) == Count)
                Waits[Count] = now - sent[Count++];
            rest = rest[Digits..];
        }
        var kept = rest[Math.Max(0, rest.Length - Marker.Length - Digits + 1)..];
        kept.CopyTo(buffer);
        return kept.Length;
    }
}
