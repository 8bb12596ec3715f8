namespace Pacil.Web.RateLimits;

/// <summary>What a <see cref="Peer"/> identifies.</summary>
internal enum PeerKind
{
    /// <summary>
    /// All peers that are counted together, because the table of <see cref="SlidingWindows"/> is full or because their
    /// address is unknown.
    /// </summary>
    Rest,
    Account,

    /// <summary>A user name that somebody tries to sign in with, whether or not the account exists.</summary>
    Name,
    IPv4,

    /// <summary>An IPv6 /64 subnet. An internet provider gives each customer at least one.</summary>
    IPv6,

    /// <summary>An IPv6 /48 subnet, the most that one site can get. It contains 65,536 /64 subnets.</summary>
    Site,
}
