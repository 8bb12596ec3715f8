using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Claims;

namespace Pacil.Web.RateLimits;

/// <summary>
/// An account, address, subnet or user name whose requests are counted. A struct of 16 bytes that needs no heap memory.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Peer(PeerKind Kind, ulong Value)
{
    private const int MappedAt = 12;

    public static Peer Account(long id) => new(PeerKind.Account, (ulong)id);

    /// <summary>The account of the request; null if nobody is signed in.</summary>
    public static Peer? Account(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && ulong.TryParse(id, out var number)
            ? new Peer(PeerKind.Account, number)
            : null;

    /// <summary>The client's address: for IPv4 the whole address, for IPv6 its /64 subnet.</summary>
    public static Peer Address(HttpContext context) => Of(context.Connection.RemoteIpAddress, PeerKind.IPv6, 0);

    /// <summary>
    /// The subnet of the client's address: for IPv6 its /48 subnet, for IPv4 the same as <see cref="Address"/>.
    /// </summary>
    public static Peer Network(HttpContext context) => Of(context.Connection.RemoteIpAddress, PeerKind.Site, 16);

    private static Peer Of(IPAddress? address, PeerKind kind, int shift)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out var length)) return default;
        if (length == sizeof(uint)) return new(PeerKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        return address.IsIPv4MappedToIPv6
            ? new(PeerKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes[MappedAt..]))
            : new(kind, BinaryPrimitives.ReadUInt64BigEndian(bytes) >> shift);
    }
}
