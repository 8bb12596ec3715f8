using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>The account became an administrator.</summary>
internal sealed record AccountPromoted : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_promoted", "account", static () => IdentityJson.Default.AccountPromoted);

    public override EventText Describe(Entry entry) => new("account_promoted");
}
