using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Identity.Events;

/// <summary>Fields of an account changed.</summary>
/// <param name="Fields">Only the names. A value, such as an e-mail address, would outlive the account.</param>
internal sealed record AccountChanged(IReadOnlyList<string> Fields) : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_changed", "account", IdentityJson.Default.AccountChanged);

    public override EventText Describe(Entry entry) =>
        new(entry.ActorId == entry.SubjectId ? "account_changed_own" : "account_changed")
        {
            Value = string.Join(", ", Fields.Select(field => Texts.T($"field.{field}"))),
        };
}
