using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Detects a connection whose peer has disappeared without closing the connection. Without this class, such a
/// connection stays open until the operating system gives up retransmitting, after about 15 minutes.
/// </summary>
internal static class TcpConnectionProbe
{
    // The values of Linux, from tcp(7) and <linux/tcp.h>. The offsets are in bytes, in struct tcp_info.
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int UnackedOffset = 24;
    private const int LastAckReceivedOffset = 56;
    private const int SilenceMilliseconds = 10_000;

    /// <summary>
    /// Turns on TCP keep-alive, for a connection on which the server sends nothing for a long time. A lost peer is then
    /// detected after 25 seconds.
    /// </summary>
    public static void KeepAlive(HttpContext context)
    {
        if (Of(context) is not { ProtocolType: ProtocolType.Tcp } socket) return;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has already closed.
        }
    }

    /// <summary>
    /// Whether data was sent but nothing has been acknowledged for ten seconds. A peer that only reads slowly is not
    /// lost: its operating system still sends acknowledgements, which say that its receive window is full.
    /// </summary>
    public static bool IsLost(Socket? socket)
    {
        if (!OperatingSystem.IsLinux() || socket is null) return false;
        Span<byte> info = stackalloc byte[LastAckReceivedOffset + sizeof(uint)];
        try
        {
            return socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info) == info.Length
                && BinaryPrimitives.ReadUInt32LittleEndian(info[UnackedOffset..]) > 0
                && BinaryPrimitives.ReadUInt32LittleEndian(info[LastAckReceivedOffset..]) > SilenceMilliseconds;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// The request's socket. Call this method while the request runs: a finished request has no features.
    /// </summary>
    public static Socket? Of(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
