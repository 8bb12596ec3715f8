namespace Pacil.Web;

/// <summary>What a <see cref="Peer"/> stands for.</summary>
internal enum PeerKind
{
    /// <summary>All who find no place of their own in a full table.</summary>
    Rest,
    Account,

    /// <summary>A user name that somebody tries, whether it is taken or not.</summary>
    Name,
    IPv4,

    /// <summary>A network of 64 bits in IPv6, which is what one subscriber has.</summary>
    IPv6,

    /// <summary>A network of 48 bits in IPv6, which is what one site can have: 65,536 of 64 bits.</summary>
    Site,
}
