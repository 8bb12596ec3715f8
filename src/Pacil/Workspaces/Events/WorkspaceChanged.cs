using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>A workspace was renamed.</summary>
internal sealed record WorkspaceChanged(FieldChange<string> Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("workspace_changed", "workspace", static () => WorkspacesJson.Default.WorkspaceChanged);

    internal override UndoAction Undo => new NoUndo("A manager can rename the workspace again.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("workspace_changed") { Name = Name.To };
}
