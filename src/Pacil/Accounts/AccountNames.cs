using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>
/// A user name is one account's, and none looks like another's; this is where it is decided, inside the transaction. A
/// name from before there were these rules stays: only a new one is asked.
/// </summary>
internal static class AccountNames
{
    /// <returns>The rule that the account's name breaks; null: none.</returns>
    public static async Task<string?> Refusal(WriteTransaction tx, Account account)
    {
        if (!Account.IsUsername(account.Username)) return "username_not_allowed";
        // The account's own row first, as a write of an administrator has it when it comes here.
        await Account.LockForUpdate(tx, account.Id);
        await LockForUpdate(tx);
        return await Taken(tx, account);
    }

    /// <summary>The caller holds all names.</summary>
    public static async Task<string?> Taken(WriteTransaction tx, Account account)
    {
        await FillIn(tx);
        var other = await tx.First<long>(
            """
            select id from account
            where (username_key = @UsernameKey or username_skeleton = @UsernameSkeleton) and id <> @Id
            limit 1
            """, account);
        return other == 0 ? null : "username_taken";
    }

    /// <summary>Lets no other write give a name, until this one has ended.</summary>
    public static Task<long> LockForUpdate(WriteTransaction tx) => tx.First<long>(
        $"select id from feed where id = @Administration {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
        new { Entry.Administration });

    /// <summary>Accounts of an earlier version have no skeleton until somebody wants a new name.</summary>
    private static async Task FillIn(WriteTransaction tx)
    {
        foreach (var account in await tx.Query<Account>(
            "select id, username from account where username_skeleton is null and erased_at is null"))
            await tx.Execute("update account set username_skeleton = @UsernameSkeleton where id = @Id", account);
    }
}
