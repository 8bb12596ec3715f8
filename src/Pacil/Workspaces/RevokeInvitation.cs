using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

internal static class ListInvitations
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, TimeProvider time)
    {
        var page = Paging.Of(context.Request, "id");
        if (await workspace.Find() is not { } mine) return Problem.NotFound;
        if (mine.Role < Role.Manager) return Problem.Forbidden;
        var list = await workspace.Read(connection => Invitation.Query(connection, workspace, page, time.UtcNow()));
        if (list.Count > page.Limit)
        {
            list.RemoveAt(page.Limit);
            Paging.Link(context, new Paging.Position("id", null, list[^1].Id));
        }
        return Answer.Ok(list, WorkspacesJson.Default.ListInvitation);
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
