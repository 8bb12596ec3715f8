using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>Nobody can sign in to the account until it is unlocked.</summary>
internal sealed record AccountLocked : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_locked", "account", static () => IdentityJson.Default.AccountLocked);

    public override EventText Describe(Entry entry) => new("account_locked");
}
