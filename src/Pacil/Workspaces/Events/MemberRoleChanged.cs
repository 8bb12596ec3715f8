using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Workspaces.Events;

/// <summary>A member got another role.</summary>
internal sealed record MemberRoleChanged(FieldChange<string> Role) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("member_role_changed", "account", static () => WorkspacesJson.Default.MemberRoleChanged) with
        {
            IsOfMembership = true,
        };

    internal override UndoAction Undo => new NoUndo("Only an explicit act gives or takes access to a workspace.");

    internal override Notice? Notice => new(
        "membership", NoticeAudience.Subject,
        facts => Texts.T("notifications.role_changed", facts.Actor, facts.Workspace, Texts.T(
            Roles.Names.Contains(Role.To) ? $"notifications.role.{Role.To}" : "notifications.role.other")),
        static facts => $"{facts.Path}/");

    public override EventText Describe(Entry entry) => new("member_role_changed");
}
