using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>An administrator added an account, or somebody registered.</summary>
internal sealed record AccountCreated : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_created", "account", static () => IdentityJson.Default.AccountCreated);

    public override EventText Describe(Entry entry) =>
        new(entry.ActorId is null ? "account_registered" : "account_created");
}
