using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Workspaces.Events;

/// <summary>A member left the workspace or was removed.</summary>
internal sealed record MemberRemoved : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("member_removed", "account", static () => WorkspacesJson.Default.MemberRemoved) with
        {
            IsOfMembership = true,
            RevokesAccess = true,
        };

    internal override UndoAction Undo => new NoUndo("Only an explicit act gives or takes access to a workspace.");

    internal override Notice? Notice => new(
        "membership", NoticeAudience.Subject,
        static facts => Texts.T("notifications.removed", facts.Actor, facts.Workspace),
        static _ => "/notifications");

    public override EventText Describe(Entry entry) =>
        new(entry.SubjectId == entry.ActorId ? "member_left" : "member_removed");
}
