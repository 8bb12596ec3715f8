using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>Who may do what, decided inside the write: a workspace one is no member of does not exist.</summary>
internal static class Membership
{
    /// <summary>The workspace is closed.</summary>
    public static readonly Problem Closed = new(StatusCodes.Status409Conflict, "workspace_closed");

    /// <summary>Nobody gives, or takes, a role that is not theirs to give.</summary>
    public static readonly Problem RoleTooHigh = new(StatusCodes.Status403Forbidden, "role_too_high");

    /// <param name="allowClosed">Whether it may be done in a closed workspace.</param>
    /// <returns>Null when the writer may; else 404, 403 or 409.</returns>
    public static async Task<Problem?> RequireRole(WriteTransaction tx, long workspace, Role needed, bool allowClosed)
    {
        var standing = await tx.First<Standing>(
            """
            select member.role, workspace.archived_at is not null as is_closed
            from member join workspace on workspace.id = member.workspace_id
            where member.workspace_id = @Workspace and member.account_id = @Account
            """, new { Workspace = workspace, Account = tx.Actor.Id });
        return standing switch
        {
            null => Problem.NotFound,
            { Role: var role } when role < needed => Problem.Forbidden,
            { IsClosed: true } when !allowClosed => Closed,
            _ => null,
        };
    }

    private sealed record Standing
    {
        public required Role Role { get; init; }
        public required bool IsClosed { get; init; }
    }
}
