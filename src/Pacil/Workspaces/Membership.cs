using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>
/// Checks the writer's role inside the write transaction. An account that is not a member gets 404, as if the workspace
/// did not exist.
/// </summary>
internal static class Membership
{
    public static readonly Problem Closed = new(StatusCodes.Status409Conflict, "workspace_closed");

    /// <summary>The writer may not give this role or take it away.</summary>
    public static readonly Problem RoleTooHigh = new(StatusCodes.Status403Forbidden, "role_too_high");

    /// <returns>
    /// Null if allowed; 404 if the writer is not a member, 401 if the writer's account was locked while the write was
    /// queued, 403 if the writer's role is too low, 409 if the workspace is closed.
    /// </returns>
    public static async Task<Problem?> RequireRole(WriteTransaction tx, long workspace, Role needed, bool allowClosed)
    {
        var standing = await tx.First(
            """
            select member.role, workspace.archived_at is not null as is_closed,
              account.locked_at is not null as is_locked
            from member
            join workspace on workspace.id = member.workspace_id
            join account on account.id = member.account_id
            where member.workspace_id = @Workspace and member.account_id = @Account
            """, [("Workspace", workspace), ("Account", Null.Or(tx.Actor.Id))], static row => new Standing
            {
                Role = (Role)row.GetInt32(0),
                IsClosed = row.GetBoolean(1),
                IsLocked = row.GetBoolean(2),
            });
        return standing switch
        {
            null => Problem.NotFound,
            { IsLocked: true } => Problems.Of(StatusCodes.Status401Unauthorized),
            { Role: var role } when role < needed => Problem.Forbidden,
            { IsClosed: true } when !allowClosed => Closed,
            _ => null,
        };
    }

    private sealed record Standing
    {
        public required Role Role { get; init; }
        public required bool IsClosed { get; init; }
        public required bool IsLocked { get; init; }
    }
}
