using Pacil.Identity.Sessions;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

/// <summary>Handles the forms of the members page. They run the API's use cases and redirect to the page.</summary>
internal static class MemberForms
{
    public static void MapMemberForms(this IEndpointRouteBuilder workspace)
    {
        var members = workspace.MapGroup("/members").ExcludeFromDescription();
        members.MapPost("/{account:long}", Change).GivesAccess();
        members.MapPost("/{account:long}/remove", Remove).GivesAccess();
        members.MapPost("/invitations/{id:long}/revoke", Revoke).GivesAccess();
        members.MapPost("/workspace", ChangeItself);
    }

    private static async Task<IResult> Change(
        RequestFields fields, long account, CurrentWorkspace workspace, FormRedirect redirect) =>
        redirect.Done(await ChangeMember.Handle(fields, account, workspace).Run(), "members.saved", Members(workspace));

    private static async Task<IResult> Remove(
        long account, CurrentWorkspace workspace, SessionStore sessions, FormRedirect redirect) =>
        redirect.Done(
            await ChangeMember.HandleRemove(account, workspace, sessions).Run(),
            account == workspace.Account ? "members.left" : "members.removed",
            account == workspace.Account ? "/workspaces" : Members(workspace));

    private static async Task<IResult> Revoke(long id, CurrentWorkspace workspace, FormRedirect redirect) =>
        redirect.Done(await RevokeInvitation.Handle(id, workspace).Run(), "invitations.revoked", Members(workspace));

    private static async Task<IResult> ChangeItself(
        RequestFields fields, CurrentWorkspace workspace, HttpRequest http, FormRedirect redirect) =>
        redirect.Done(
            await ChangeWorkspace.Handle(fields, workspace, http).Run(), "workspaces.saved", Members(workspace));

    private static string Members(CurrentWorkspace workspace) => $"{workspace.Path}/members";
}
