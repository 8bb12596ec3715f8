using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>The name in an invitation was erased.</summary>
internal sealed record InvitationRedacted(IReadOnlyList<long> Entries) : RedactionEvent(Entries), IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("invitation_redacted", "invitation", static () => WorkspacesJson.Default.InvitationRedacted);

    public override EventText Describe(Entry entry) => new("invitation_redacted");
}
