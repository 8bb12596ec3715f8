using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>A workspace was closed.</summary>
internal sealed record WorkspaceClosed : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("workspace_closed", "workspace", static () => WorkspacesJson.Default.WorkspaceClosed);

    internal override UndoAction Undo => new NoUndo("An owner reopens the workspace instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("workspace_closed");
}
