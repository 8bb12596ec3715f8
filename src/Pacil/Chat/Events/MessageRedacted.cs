using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Chat.Events;

/// <summary>A message was deleted.</summary>
internal sealed record MessageRedacted(IReadOnlyList<long> Entries) : RedactionEvent(Entries), IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("message_redacted", "message", static () => ChatJson.Default.MessageRedacted);

    internal override Notice? Notice => Notice.Withdrawal(Entries);

    public override EventText Describe(Entry entry) => new("message_redacted");
}
