using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

internal static class ListInvitations
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, TimeProvider time)
    {
        var page = Paging.Of(context.Request, Invitation.Sort);
        var found = await workspace.Read(connection => Invitation.Query(connection, workspace, page, time.UtcNow()));
        if (found is null) return await workspace.Find() is null ? Problem.NotFound : Problem.Forbidden;
        found.Announce(context);
        return Answer.Ok(found.Rows, WorkspacesJson.Default.ListInvitation);
    }
}

/// <summary>Takes an invitation back; doing it twice changes nothing.</summary>
internal static class RevokeInvitation
{
    public static Task<Result<Answer>> Handle(long id, CurrentWorkspace workspace) =>
        workspace.Write(Role.Manager, null, async tx => await tx.Execute(
            """
            update invitation set revoked_at = coalesce(revoked_at, @Now)
            where id = @Id and workspace_id = @Workspace
            """, new { tx.Now, Id = id, Workspace = workspace.Id }) == 0 ? Problem.NotFound : Answer.NoContent);
}
