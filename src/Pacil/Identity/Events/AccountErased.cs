using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>An account was deleted.</summary>
internal sealed record AccountErased : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_erased", "account", static () => IdentityJson.Default.AccountErased);

    public override EventText Describe(Entry entry) =>
        new(entry.ActorId == entry.SubjectId ? "account_erased_own" : "account_erased");
}
