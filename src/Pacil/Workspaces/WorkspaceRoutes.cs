using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

internal static class WorkspaceRoutes
{
    public static void AddWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<CreateWorkspace>();
        services.AddSingleton<CleanupTask>(Invitation.DeleteExpired);
    }

    public static void MapWorkspaces(this WebApplication app)
    {
        var workspaces = app.MapGroup("/api/workspaces").RequireAuthorization().InAtomicBatch()
            .WithTags("Workspaces");
        workspaces.MapGet("", ListWorkspaces.Handle).WithParameters(Paging.Asked).Produces<List<Workspace>>();
        workspaces.MapPost("", CreateWorkspace.Handle).Accepts<WorkspaceBody>().Produces<Workspace>(201);

        app.MapPost("/invitations/{id:long}/decline", DeclineInvitation.Handle)
            .RequireAuthorization().WithTags("Members").Accepts<DeclineInvitation.Request>().Produces(204);

        var one = app.MapGroup("/api/w/{workspace:long}").RequireAuthorization().InAtomicBatch()
            .WithTags("Workspaces");
        one.MapGet("", ListWorkspaces.HandleOne).Produces<Workspace>();
        one.MapPatch("", ChangeWorkspace.Handle).WithParameters(Versions.Asked).Accepts<WorkspaceBody>()
            .Produces<Workspace>();
        one.MapDelete("", ChangeWorkspace.HandleClose).WithParameters(Versions.Asked).Produces<Workspace>();
    }

    public static void MapMembers(this IEndpointRouteBuilder workspace)
    {
        var members = workspace.MapGroup("/members").WithTags("Members").GivesAccess();
        members.MapGet("", ListMembers.Handle).WithParameters(Paging.Asked).Produces<List<Member>>();
        members.MapPut("/{account:long}", ChangeMember.Handle).Accepts<MemberBody>().Produces<Member>();
        members.MapDelete("/{account:long}", ChangeMember.HandleRemove);

        var invitations = workspace.MapGroup("/invitations").WithTags("Members").GivesAccess();
        invitations.MapGet("", ListInvitations.Handle).WithParameters(Paging.Asked).Produces<List<Invitation>>();
        invitations.MapPost("", CreateInvitation.Handle)
            .Accepts<InvitationBody>().Produces<CreatedInvitation>(201);
        invitations.MapDelete("/{id:long}", RevokeInvitation.Handle);
    }
}
