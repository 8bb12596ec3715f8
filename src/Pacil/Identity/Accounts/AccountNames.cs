using Pacil.Data;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Decides inside the transaction whether an account may take a name. The name must be unique and must not look like
/// another account's. Only new names are checked; names from before these rules stay.
/// </summary>
internal static class AccountNames
{
    /// <returns>The rule that the account's name breaks; null if none.</returns>
    public static async Task<string?> Refusal(WriteTransaction tx, Account account)
    {
        if (!Account.IsUsername(account.Username)) return "username_not_allowed";
        // The account's row first, then the names. An administrator's write already holds its own row when it comes
        // here.
        await Account.LockForUpdate(tx, account.Id);
        await LockForUpdate(tx);
        return await Taken(tx, account);
    }

    /// <summary>The caller must hold <see cref="LockForUpdate"/>.</summary>
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

    /// <summary>No other write can give a name until this one has ended.</summary>
    public static Task<long> LockForUpdate(WriteTransaction tx) => tx.First<long>(
        $"select id from feed where id = @Administration {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
        new { Entry.Administration });

    /// <summary>Accounts from before skeletons existed get theirs when somebody takes a new name.</summary>
    private static async Task FillIn(WriteTransaction tx)
    {
        foreach (var account in await tx.Query<Account>(
            "select id, username from account where username_skeleton is null and erased_at is null"))
            await tx.Execute("update account set username_skeleton = @UsernameSkeleton where id = @Id", account);
    }
}
