using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>A workspace was created.</summary>
internal sealed record WorkspaceCreated(string Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("workspace_created", "workspace", static () => WorkspacesJson.Default.WorkspaceCreated);

    internal override UndoAction Undo => new NoUndo("A workspace is closed instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("workspace_created") { Name = Name };
}
