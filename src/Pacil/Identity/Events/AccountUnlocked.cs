using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>The account was unlocked.</summary>
internal sealed record AccountUnlocked : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_unlocked", "account", static () => IdentityJson.Default.AccountUnlocked);

    public override EventText Describe(Entry entry) => new("account_unlocked");
}
