using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Finds out whether the other end of a connection is still there. Without it, a peer that vanished silently is noticed
/// only when the system gives up retransmitting, after a quarter of an hour.
/// </summary>
internal static class TcpConnectionProbe
{
    // Linux: tcp(7), <linux/tcp.h>.
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int UnackedOffset = 24;
    private const int LastAckReceivedOffset = 56;
    private const int SilenceMilliseconds = 10_000;

    /// <summary>For a connection on which nothing is sent: a lost peer is noticed after 25 seconds.</summary>
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
            // The peer has gone already.
        }
    }

    /// <summary>
    /// Whether sent data has been unacknowledged for ten seconds. A peer that only reads slowly is not lost: its system
    /// still answers, with a full window.
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

    /// <summary>Call it while the request runs: a finished request has no features.</summary>
    public static Socket? Of(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
