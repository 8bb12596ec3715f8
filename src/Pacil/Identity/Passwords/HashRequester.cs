using System.Runtime.InteropServices;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Passwords;

/// <summary>
/// The client for which a password is hashed: the account of a signed-in user or of a known device, otherwise the
/// address and subnet of a stranger.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HashRequester(Peer? Account, Peer? Address, Peer? Network)
{
    public bool IsKnown => Address is null;

    /// <summary>The operator on the console, who is not limited.</summary>
    public static HashRequester Console => default;

    public static HashRequester Known(long account) => new(Peer.Account(account), null, null);

    public static HashRequester Stranger(HttpContext context) =>
        new(null, Peer.Address(context), Peer.Network(context));
}
