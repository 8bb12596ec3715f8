using Pacil.Accounts;
using Pacil.Web;

namespace Pacil.Workspaces;

internal static class WorkspaceRoutes
{
    public static void MapWorkspaces(this WebApplication app)
    {
        var workspaces = app.MapGroup("/api/workspaces").RequireAuthorization().WithTags("Workspaces");
        workspaces.MapGet("", ListWorkspaces.Handle).Asks(Paging.Asked).Produces<List<Workspace>>();
        workspaces.MapPost("", CreateWorkspace.Handle).Takes<WorkspaceBody>().Produces<Workspace>(201);

        app.MapPost("/invitations/{id:long}/decline", DeclineInvitation.Handle)
            .RequireAuthorization().WithTags("Members").Takes<DeclineInvitation.Request>().Produces(204);

        var one = app.MapGroup("/api/w/{workspace:long}").RequireAuthorization().WithTags("Workspaces");
        one.MapGet("", ListWorkspaces.HandleOne).Produces<Workspace>();
        one.MapPatch("", ChangeWorkspace.Handle).Asks(Versions.Asked).Takes<WorkspaceBody>().Produces<Workspace>();
        one.MapDelete("", ChangeWorkspace.HandleClose).Asks(Versions.Asked).Produces<Workspace>();
    }

    public static void MapMembers(this IEndpointRouteBuilder workspace)
    {
        var members = workspace.MapGroup("/members").WithTags("Members").GivesAccess();
        members.MapGet("", ListMembers.Handle).Asks(Paging.Asked).Produces<List<Member>>();
        members.MapPut("/{account:long}", ChangeMember.Handle).Takes<MemberBody>().Produces<Member>();
        members.MapDelete("/{account:long}", ChangeMember.HandleRemove);

        var invitations = workspace.MapGroup("/invitations").WithTags("Members").GivesAccess();
        invitations.MapGet("", ListInvitations.Handle).Asks(Paging.Asked).Produces<List<Invitation>>();
        invitations.MapPost("", CreateInvitation.Handle)
            .Takes<InvitationBody>().Produces<MadeInvitation>(201);
        invitations.MapDelete("/{id:long}", RevokeInvitation.Handle);
    }
}
