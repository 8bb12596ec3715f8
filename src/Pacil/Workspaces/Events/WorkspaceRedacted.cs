using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>The former names of a workspace were erased.</summary>
internal sealed record WorkspaceRedacted(IReadOnlyList<long> Entries) : RedactionEvent(Entries), IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("workspace_redacted", "workspace", static () => WorkspacesJson.Default.WorkspaceRedacted);

    public override EventText Describe(Entry entry) => new("workspace_redacted");
}
