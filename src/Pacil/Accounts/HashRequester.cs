using System.Runtime.InteropServices;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>Who wants a password hashed: a known person or device by its account, a stranger by the address.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HashRequester(Peer? Account, Peer? Address, Peer? Network)
{
    public bool IsKnown => Address is null;

    /// <summary>Somebody at the machine itself.</summary>
    public static HashRequester Console => default;

    public static HashRequester Known(long account) => new(Peer.Account(account), null, null);

    public static HashRequester Stranger(HttpContext context) =>
        new(null, Peer.Address(context), Peer.Network(context));
}
