using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Workspaces.Events;

/// <summary>An account was invited by name, or its invitation was renewed.</summary>
/// <remarks>The event does not name the account, because every member can read the event.</remarks>
internal sealed record MemberInvited(string Role) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("member_invited", "invitation", static () => WorkspacesJson.Default.MemberInvited) with
        {
            IsOfMembership = true,
        };

    internal override UndoAction Undo => new NoUndo("A manager revokes the invitation instead.");

    internal override Notice? Notice => new(
        "invitation", NoticeAudience.Invited,
        static facts => Texts.T("notifications.invited", facts.Actor, facts.Workspace),
        static facts => $"/invitations/{facts.SubjectId}");

    public override EventText Describe(Entry entry) => new("member_invited");
}
