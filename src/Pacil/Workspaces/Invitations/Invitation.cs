using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Workspaces.Invitations;

/// <summary>An invitation to a workspace: a link, or an invitation for one account by name.</summary>
[Example(
    """
    {
      "id": 5, "role": "editor", "username": null, "uses_left": 1, "expires_at": "2026-11-28T08:14:05.120Z",
      "created_at": "2026-11-21T08:14:05.120Z", "created_by": "ana"
    }
    """)]
internal record Invitation
{
    /// <summary>The prefix of the path of every invitation.</summary>
    public const string Root = "/invitations/";

    public const string Sort = "id";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    public static readonly Problem UsedUp = new(StatusCodes.Status409Conflict, "invitation_used_up");

    /// <summary>The SQL condition for an invitation that can still be used.</summary>
    public const string Open = "revoked_at is null and uses_left > 0 and expires_at > @Now";

    /// <summary>The SQL condition for a link that can still be used.</summary>
    private const string OpenLink =
        $"""
        secret_hash = @Hash and {Open}
        and exists (select 1 from workspace where id = invitation.workspace_id and archived_at is null)
        """;

    public required long Id { get; init; }
    public required Role Role { get; init; }

    /// <summary>The name that was invited; null for a link.</summary>
    public required string? Username { get; init; }

    public required int UsesLeft { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>Reads the open invitations, oldest first.</summary>
    /// <returns>Null if the caller does not manage the workspace.</returns>
    public static async Task<Snapshot<Invitation>?> Query(
        Connection connection, CurrentWorkspace workspace, Paging page, DateTime now)
    {
        var found = await connection.Query<FeedHead, Invitation>(
            $"""
            select {FeedHead.Columns}, listed.*
            from member
            join feed on feed.id = member.workspace_id
            left join (
              select invitation.id, invitation.role, invitation.username, uses_left, expires_at,
                invitation.created_at, account.username as created_by
              from invitation join account on account.id = invitation.created_by
              where invitation.workspace_id = @Workspace and invitation.id > @After and {Open}
              order by invitation.id
              limit @Limit
            ) listed on true
            where member.workspace_id = @Workspace and member.account_id = @Me and member.role >= @Manager
            order by listed.id
            """,
            new
            {
                Workspace = workspace.Id,
                Me = workspace.Account,
                Role.Manager,
                After = page.After?.Id ?? 0,
                Now = now,
                Limit = page.Limit + 1,
            });
        return Snapshot<Invitation>.Of(found, page, last => new(Sort, null, last.Id));
    }

    /// <summary>Whether the link with this secret can still be used.</summary>
    public static async Task<bool> IsOpen(Connection connection, string secret, DateTime now) =>
        await connection.First<int>(
            $"select 1 from invitation where {OpenLink}", new { Hash = AccessKey.Hash(secret), Now = now }) == 1;

    /// <summary>Turns one use of a link into an invitation for the account.</summary>
    /// <returns>Null if done; 409 if another request has just used the link for the last time.</returns>
    public static async Task<Problem?> Reserve(WriteTransaction tx, string secret, long account, string username)
    {
        var link = await tx.First<long>(
            $"update invitation set uses_left = uses_left - 1 where {OpenLink} returning id",
            new { Hash = AccessKey.Hash(secret), tx.Now });
        if (link == 0) return UsedUp;
        await tx.Execute(
            """
            insert into invitation (
              workspace_id, role, username, username_key, account_id, uses_left, expires_at, created_at, created_by)
            select workspace_id, role, @Username, @Key, @Account, 1, expires_at, @Now, created_by
            from invitation where id = @Link
            """,
            new
            {
                Link = link,
                Username = username,
                Key = Identity.Accounts.Account.Key(username),
                Account = account,
                tx.Now,
            });
        return null;
    }

    /// <summary>
    /// Finds the account to notify of an invitation, which the entry does not name. The account is notified one time,
    /// and again only if the role of the invitation becomes higher.
    /// </summary>
    /// <returns>At most one account.</returns>
    public static Task<List<long>> Tell(WriteTransaction tx, long id) => tx.Query<long>(
        """
        update invitation set told_role = role
        where id = @Id and account_id is not null and revoked_at is null and coalesce(told_role, 0) < role
        returning account_id
        """, new { Id = id });

    /// <summary>
    /// Revokes the invitations by which a removed or demoted member could come back: the invitations for the account,
    /// and the invitations that the account has created for the role <paramref name="from"/> or a higher role.
    /// </summary>
    public static Task<int> Revoke(WriteTransaction tx, long workspace, long account, Role from) => tx.Execute(
        $"""
        update invitation set revoked_at = @Now
        where workspace_id = @Workspace and {Open}
          and (created_by = @Account and role >= @From or account_id = @Account)
        """, new { Workspace = workspace, Account = account, From = from, tx.Now });

    /// <summary>
    /// Deletes invitations that ended long ago. Those that ended recently are kept, so that an error message can say
    /// why they no longer work.
    /// </summary>
    public static Task<int> DeleteExpired(WriteTransaction tx) => tx.Execute(
        $"""
        delete from invitation where id in (
          select id from invitation where expires_at < @Before or revoked_at < @Before limit {CleanupSteps.StepRows})
        """, new { Before = tx.Now - Kept });

    /// <summary>The id in the path of an invitation by name; null if the path contains a link's secret.</summary>
    public static long? Number(string secret) =>
        long.TryParse(secret, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
