namespace Pacil.Web.RateLimits;

/// <summary>What a <see cref="Peer"/> stands for.</summary>
internal enum PeerKind
{
    /// <summary>All peers without an entry of their own in a full table, counted together.</summary>
    Rest,
    Account,

    /// <summary>A user name at sign-in, whether the account exists or not.</summary>
    Name,
    IPv4,

    /// <summary>An IPv6 network of 64 bits, which is what one subscriber gets.</summary>
    IPv6,

    /// <summary>An IPv6 network of 48 bits, which is what one site can get: 65,536 networks of 64 bits.</summary>
    Site,
}
