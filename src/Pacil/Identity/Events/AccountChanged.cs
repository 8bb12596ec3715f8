using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Identity.Events;

/// <summary>Fields of an account changed.</summary>
/// <param name="Fields">
/// The names of the fields, without values. The log keeps this event after the account is erased, so the event must not
/// contain a value such as an e-mail address.
/// </param>
internal sealed record AccountChanged(IReadOnlyList<string> Fields) : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_changed", "account", static () => IdentityJson.Default.AccountChanged);

    public override EventText Describe(Entry entry) =>
        new(entry.ActorId == entry.SubjectId ? "account_changed_own" : "account_changed")
        {
            Value = string.Join(", ", Fields.Select(field => Texts.T($"field.{field}"))),
        };
}
