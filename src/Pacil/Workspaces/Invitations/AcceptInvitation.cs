using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces.Events;

namespace Pacil.Workspaces.Invitations;

/// <summary>
/// Accepts an invitation. GET only shows the invitation and POST accepts it, so that programs that fetch links do not
/// use the invitation up. An invitation for another account gets 404, like an invitation that does not exist.
/// </summary>
internal static class AcceptInvitation
{
    /// <param name="Workspace">The workspace's name.</param>
    public sealed record Offer(long Id, string Workspace, Role Role, string InvitedBy, DateTime ExpiresAt);

    public static async Task<Result<Offer>> Look(
        Connection connection, string secret, long account, DateTime now)
    {
        var row = await Find(connection, secret, account);
        if (row is null) return Problem.NotFound;
        return row.Fault(now) is { } fault && !row.IsMember ? fault
            : new Offer(row.WorkspaceId, row.Name, row.Role, row.InvitedBy, row.ExpiresAt);
    }

    /// <summary>
    /// If the user is already a member, nothing changes, not even the number of uses. So a second click does no harm.
    /// </summary>
    public static RequestWrite Apply(string secret, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
        {
            if (await Find(tx, secret, user.Id) is not { } row) return Problem.NotFound;
            if (!row.IsMember)
            {
                if (row.Fault(tx.Now) is { } fault) return fault;
                if (!await Use(tx, row.Id)) return Invitation.UsedUp;
                await AddMember.Apply(tx, row.WorkspaceId, user.Id, row.Role);
                tx.Record(row.WorkspaceId, user.Id, 1, new MemberJoined(row.Role.Name()));
            }
            var workspace = (await Workspace.Find(tx, row.WorkspaceId, user.Id))!;
            return ApiResponse.Ok(workspace, WorkspacesJson.Default.Workspace, workspace.Version) with
            {
                Location = string.Create(CultureInfo.InvariantCulture, $"/w/{row.WorkspaceId}/"),
            };
        }) with
        {
            IsStored = false,
        };

    /// <summary>Open invitations that name the account, to workspaces of which the account is no member yet.</summary>
    public static Task<List<Waiting>> For(Connection connection, long account, DateTime now) =>
        connection.Query<Waiting>(
            """
            select invitation.id, workspace.name as workspace, account.username as invited_by
            from invitation
            join workspace on workspace.id = invitation.workspace_id and workspace.archived_at is null
            join account on account.id = invitation.created_by
            where invitation.account_id = @Account and revoked_at is null and uses_left > 0 and expires_at > @Now
              and not exists (
                select 1 from member where workspace_id = workspace.id and member.account_id = @Account)
            order by invitation.id
            limit 50
            """, new { Account = account, Now = now });

    /// <summary>
    /// If two requests concurrently accept an invitation that has one use left, only one request succeeds.
    /// </summary>
    private static async Task<bool> Use(WriteTransaction tx, long id) => await tx.Execute(
        """
        update invitation set uses_left = uses_left - 1
        where id = @Id and uses_left > 0 and revoked_at is null and expires_at > @Now
        """, new { Id = id, tx.Now }) == 1;

    private static Task<Row?> Find(Connection connection, string secret, long account) => connection.First<Row>(
        """
        select invitation.id, invitation.workspace_id, workspace.name, invitation.role, inviter.username as invited_by,
          uses_left, expires_at, revoked_at, workspace.archived_at is not null as is_closed,
          member.account_id is not null as is_member
        from invitation
        join workspace on workspace.id = invitation.workspace_id
        join account inviter on inviter.id = invitation.created_by
        left join member on member.workspace_id = workspace.id and member.account_id = @Account
        where secret_hash = @Hash or invitation.id = @Number and invitation.account_id = @Account
        """,
        new { Account = account, Hash = AccessKey.Hash(secret), Number = Invitation.Number(secret) ?? 0 });

    internal sealed record Waiting
    {
        public required long Id { get; init; }
        public required string Workspace { get; init; }
        public required string InvitedBy { get; init; }
    }

    private sealed record Row
    {
        public required long Id { get; init; }
        public required long WorkspaceId { get; init; }
        public required string Name { get; init; }
        public required Role Role { get; init; }
        public required string InvitedBy { get; init; }
        public required int UsesLeft { get; init; }
        public required DateTime ExpiresAt { get; init; }
        public required DateTime? RevokedAt { get; init; }
        public required bool IsClosed { get; init; }
        public required bool IsMember { get; init; }

        public Problem? Fault(DateTime now) =>
            IsClosed ? Membership.Closed
            : RevokedAt is not null ? new Problem(StatusCodes.Status409Conflict, "invitation_revoked")
            : UsesLeft == 0 ? Invitation.UsedUp
            : ExpiresAt <= now ? new Problem(StatusCodes.Status409Conflict, "invitation_expired")
            : null;
    }
}
