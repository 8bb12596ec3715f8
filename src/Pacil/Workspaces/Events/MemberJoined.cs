using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Workspaces.Events;

/// <summary>An account became a member of the workspace.</summary>
/// <param name="Role">The name of the role, such as "editor".</param>
internal sealed record MemberJoined(string Role) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("member_joined", "account", static () => WorkspacesJson.Default.MemberJoined);

    internal override UndoAction Undo => new NoUndo("Only an explicit act gives or takes access to a workspace.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("member_joined");
}
