using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>A closed workspace was reopened.</summary>
internal sealed record WorkspaceReopened : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("workspace_reopened", "workspace", static () => WorkspacesJson.Default.WorkspaceReopened);

    internal override UndoAction Undo => new NoUndo("An owner closes the workspace instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("workspace_reopened");
}
