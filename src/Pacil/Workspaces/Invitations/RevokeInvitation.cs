using Pacil.Web;

namespace Pacil.Workspaces.Invitations;

/// <summary>Revokes an invitation. Repeating the request changes nothing.</summary>
internal static class RevokeInvitation
{
    public static RequestWrite Handle(long id, CurrentWorkspace workspace) =>
        workspace.Write(Role.Manager, null, async tx => await tx.Execute(
            """
            update invitation set revoked_at = coalesce(revoked_at, @Now)
            where id = @Id and workspace_id = @Workspace
            """, new { tx.Now, Id = id, Workspace = workspace.Id }) == 0 ? Problem.NotFound : ApiResponse.NoContent);
}
