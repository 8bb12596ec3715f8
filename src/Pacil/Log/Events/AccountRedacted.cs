using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>The name of an account was erased. Any feed can contain this event.</summary>
internal sealed record AccountRedacted(IReadOnlyList<long> Entries) : RedactionEvent(Entries), IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("account_redacted", "account", static () => LogJson.Default.AccountRedacted);

    public override EventText Describe(Entry entry) => new("account_redacted");
}
