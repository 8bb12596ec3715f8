using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Accounts;

/// <summary>
/// An account comes into being whole: with its inbox, and with a personal workspace that it owns. The first of all
/// is the administrator.
/// </summary>
internal static class CreateAccount
{
    /// <returns>The rules broken by a name or address that someone took a moment ago; empty when it is made.</returns>
    public static async Task<string[]> Apply(WriteTransaction tx, Account wanted)
    {
        // One at a time, so that of two first accounts only one finds the house empty.
        await tx.First<long>(
            $"select id from feed where id = @Administration {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
            new { Entry.Administration });
        if (await AccountNames.Taken(tx, wanted) is { Length: > 0 } taken) return taken;
        var isFirst = await IsFirst(tx);
        var account = wanted with
        {
            Administrator = wanted.Administrator || isFirst,
            WorkspaceId = await CreateWorkspace.Apply(tx, wanted.Username),
            InboxId = await tx.First<long>("insert into feed default values returning id"),
            CreatedAt = tx.Now,
            Version = 1,
        };
        account.Id = await tx.First<long>(
            """
            insert into account (
              username, username_key, email, email_key, password_hash, security_stamp, language, time_zone,
              administrator, inbox_id, workspace_id, version, created_at)
            values (
              @Username, @UsernameKey, @Email, @EmailKey, @PasswordHash, @SecurityStamp, @Language, @TimeZone,
              @Administrator, @InboxId, @WorkspaceId, @Version, @CreatedAt)
            returning id
            """, account);
        await AddMember.Apply(tx, account.WorkspaceId, account.Id, Role.Owner);
        tx.Record(new Change(Entry.Administration, "account_created", "account", account.Id, account.Version, "{}"));
        return [];
    }

    /// <summary>Whether nobody is here yet.</summary>
    public static Task<bool> IsFirst(Database database, CancellationToken cancellation) =>
        database.Read(IsFirst, cancellation);

    private static async Task<bool> IsFirst(Connection connection) =>
        await connection.First<int>("select 1 from account limit 1") == 0;
}
