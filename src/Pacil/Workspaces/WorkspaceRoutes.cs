using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;
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
        workspaces.MapGet("", ListWorkspaces.Handle)
            .WithOperation("listWorkspaces", "List the workspaces of which you are a member.")
            .WithParameters(Paging.Asked).Produces<List<Workspace>>();
        workspaces.MapPost("", CreateWorkspace.Handle).WithOperation("createWorkspace", "Create a workspace.")
            .Accepts<WorkspaceBody>().Produces<Workspace>(201).Refuses(409, "too_many_workspaces");

        app.MapPost("/invitations/{id:long}/decline", DeclineInvitation.Handle)
            .WithOperation("declineInvitation", "Decline an invitation, and block the inviter on request.")
            .WithParameters(Parameter.Id("id", "An invitation of yours."), Idempotency.Asked)
            .RequireAuthorization().WithTags("Members").Accepts<DeclineInvitation.Request>().Produces(204)
            .Refuses(409, "too_many_blocks");

        var one = app.MapGroup("/api/w/{workspace:long}").RequireAuthorization().InAtomicBatch()
            .WithTags("Workspaces");
        one.MapGet("", ListWorkspaces.HandleOne).WithOperation("readWorkspace", "Read a workspace.")
            .WithParameters(Versions.AskedKnown).Produces<Workspace>().Produces(304);
        one.MapPatch("", ChangeWorkspace.Handle)
            .WithOperation("changeWorkspace", "Rename, close or reopen a workspace.")
            .WithParameters(Versions.Asked).Accepts<WorkspacePatch>().Produces<Workspace>()
            .Refuses(409, "personal_workspace", "too_many_workspaces");
        one.MapDelete("", ChangeWorkspace.HandleClose)
            .WithOperation("closeWorkspace", "Close a workspace. It can still be read, and reopened.")
            .WithParameters(Versions.Asked).Produces<Workspace>().Refuses(409, "personal_workspace");
    }

    public static void MapMembers(this IEndpointRouteBuilder workspace)
    {
        var members = workspace.MapGroup("/members").WithTags("Members").GivesAccess()
            .WithParameters(Parameter.Id("account", "A member."));
        members.MapGet("", ListMembers.Handle).WithOperation("listMembers", "List the members.")
            .WithParameters(Paging.Asked).Produces<List<Member>>();
        members.MapPut("/{account:long}", ChangeMember.Handle)
            .WithOperation("changeMember", "Give a member another role.")
            .Accepts<MemberBody>().Produces<Member>()
            .Refuses(403, "role_too_high").Refuses(409, "last_owner", "personal_workspace");
        members.MapDelete("/{account:long}", ChangeMember.HandleRemove)
            .WithOperation("removeMember", "Remove a member, or leave the workspace.").Produces(204)
            .Refuses(403, "role_too_high").Refuses(409, "last_owner", "personal_workspace");

        var invitations = workspace.MapGroup("/invitations").WithTags("Members").GivesAccess();
        invitations.MapGet("", ListInvitations.Handle)
            .WithOperation("listInvitations", "List the open invitations.")
            .WithParameters(Paging.Asked).Produces<List<Invitation>>().Refuses(403, "forbidden");
        invitations.MapPost("", CreateInvitation.Handle)
            .WithOperation("createInvitation", "Invite by a link, or one person by name.")
            .Accepts<InvitationBody>().Produces<CreatedInvitation>(201)
            .Refuses(403, "role_too_high").Refuses(409, "too_many_invitations");
        invitations.MapDelete("/{id:long}", RevokeInvitation.Handle)
            .WithOperation("revokeInvitation", "Revoke an invitation.")
            .WithParameters(Parameter.Id("id", "An invitation of the workspace.")).Produces(204);
    }
}
