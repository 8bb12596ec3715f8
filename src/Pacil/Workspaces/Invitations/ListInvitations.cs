using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces.Invitations;

internal static class ListInvitations
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, TimeProvider time)
    {
        var page = Paging.Of(context.Request, Invitation.Sort);
        var found = await workspace.Read(connection => Invitation.Query(connection, workspace, page, time.UtcNow()));
        if (found is null) return await workspace.Find() is null ? Problem.NotFound : Problem.Forbidden;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, WorkspacesJson.Default.ListInvitation);
    }
}
