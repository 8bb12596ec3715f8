using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log.Events;
using Pacil.Workspaces.Events;

namespace Pacil.Workspaces.Invitations;

/// <summary>
/// Invites one person by name. A workspace has at most one open invitation for a name. A second invitation renews the
/// first one, and notifies the person again only if the role is higher. A name without an account gets the same
/// response.
/// </summary>
internal static class InviteByName
{
    /// <summary>The maximum number of open invitations that name one account, in all workspaces.</summary>
    public const int OpenMax = 50;

    /// <summary>The maximum number of open invitations from one account to another, in all workspaces.</summary>
    public const int OpenByOneMax = 25;

    /// <returns>The id of the open invitation for the name; 0 if there is none.</returns>
    public static Task<long> FindOpen(WriteTransaction tx, long workspace, string username) => tx.First<long>(
        $"""
        select id from invitation
        where workspace_id = @Workspace and username_key = @Key and {Invitation.Open}
        order by id desc
        limit 1
        """, new { Workspace = workspace, Key = Account.Key(username), tx.Now });

    /// <param name="open">The id of the invitation to renew; 0 to create one.</param>
    public static async Task<long> Apply(WriteTransaction tx, long workspace, long open, CreatedInvitation invitation)
    {
        var key = Account.Key(invitation.Username!);
        var row = new
        {
            Id = open,
            Workspace = workspace,
            invitation.Role,
            invitation.Username,
            Key = key,
            Account = await Reached(tx, key, open),
            invitation.ExpiresAt,
            tx.Now,
            By = tx.Actor.Id,
        };
        var id = await (open == 0 ? Insert(tx, row) : Renew(tx, row));
        tx.Record(workspace, id, 1, new MemberInvited(invitation.Role.Name()));
        return id;
    }

    /// <returns>
    /// The account to invite; null if no account has the name, or if the account blocks the inviter or has too many
    /// invitations.
    /// </returns>
    private static async Task<long?> Reached(WriteTransaction tx, string key, long renewed)
    {
        var account = await tx.First<long?>(
            $"""
            select id from account
            where username_key = @Key
              and not exists (select 1 from block where account_id = account.id and blocked_id = @By)
            {tx.Dialect.Pick(sqlite: "", postgres: "for no key update")}
            """, new { Key = key, By = tx.Actor.Id });
        if (account is null) return null;
        var others = await tx.Query<long>(
            $"""
            select created_by from invitation
            where account_id = @Account and id <> @Renewed and {Invitation.Open}
            """, new { Account = account, Renewed = renewed, tx.Now });
        return others.Count < OpenMax && others.Count(by => by == tx.Actor.Id) < OpenByOneMax ? account : null;
    }

    private static Task<long> Insert(WriteTransaction tx, object row) => tx.First<long>(
        """
        insert into invitation (
          workspace_id, role, username, username_key, account_id, uses_left, expires_at, created_at, created_by)
        values (@Workspace, @Role, @Username, @Key, @Account, 1, @ExpiresAt, @Now, @By)
        returning id
        """, row);

    /// <summary>
    /// The column told_role is the highest role of which the invited account was notified. It is reset if the name now
    /// belongs to another account, which was not notified.
    /// </summary>
    private static Task<long> Renew(WriteTransaction tx, object row) => tx.First<long>(
        """
        update invitation
        set role = @Role, username = @Username, expires_at = @ExpiresAt, created_at = @Now, created_by = @By,
          account_id = @Account, told_role = case when account_id <> @Account then null else told_role end
        where id = @Id
        returning id
        """, row);
}
