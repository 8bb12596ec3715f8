using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>The account is no longer an administrator.</summary>
internal sealed record AccountDemoted : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_demoted", "account", static () => IdentityJson.Default.AccountDemoted) with
        {
            RevokesAccess = true,
        };

    public override EventText Describe(Entry entry) => new("account_demoted");
}
