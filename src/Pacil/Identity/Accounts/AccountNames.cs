using Pacil.Data;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Decides inside the transaction whether an account may get a new name. The name must be unique and must not look like
/// another account's name. Names from before these rules stay valid.
/// </summary>
internal static class AccountNames
{
    /// <returns>The code of the rule that the account's name breaks; null if the name is allowed.</returns>
    public static async Task<string?> Refusal(WriteTransaction tx, Account account)
    {
        if (!Account.IsUsername(account.Username)) return "username_not_allowed";
        // Lock order: the account's row, then the names. An administrator's write has already locked the
        // administrator's row, so the opposite order could deadlock.
        await Account.LockForUpdate(tx, account.Id);
        await LockForUpdate(tx);
        return await Taken(tx, account);
    }

    /// <summary>Requires that the caller has called <see cref="LockForUpdate"/> before.</summary>
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

    /// <summary>
    /// Locks all names: the lock is on the row of the administrators' feed. Until the transaction ends, no other
    /// transaction can give an account a name.
    /// </summary>
    public static Task<long> LockForUpdate(WriteTransaction tx) => tx.First<long>(
        $"select id from feed where id = @Administration {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
        new { Entry.Administration });

    /// <summary>Computes missing skeletons. Accounts that are older than the column have no skeleton.</summary>
    private static async Task FillIn(WriteTransaction tx)
    {
        foreach (var account in await tx.Query<Account>(
            "select id, username from account where username_skeleton is null and erased_at is null"))
            await tx.Execute("update account set username_skeleton = @UsernameSkeleton where id = @Id", account);
    }
}
