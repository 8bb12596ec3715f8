using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>All sessions and tokens of the account have ended.</summary>
internal sealed record AccountSignedOut : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_signed_out", "account", static () => IdentityJson.Default.AccountSignedOut);

    public override EventText Describe(Entry entry) => new("account_signed_out");
}
