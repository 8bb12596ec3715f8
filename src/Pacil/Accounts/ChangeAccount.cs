using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>Keeps what has changed about an account, if nobody else has changed it since it was read.</summary>
internal static class ChangeAccount
{
    public const string Conflict = "concurrently_changed";

    /// <returns>The rules broken meanwhile, <see cref="Conflict"/> among them; none when it is done.</returns>
    public static async Task<string[]> Apply(WriteTransaction tx, Account account)
    {
        if (await AccountNames.Taken(tx, account) is { Length: > 0 } taken) return taken;
        var changed = await tx.Execute(
            """
            update account
            set username = @Username, username_key = @UsernameKey, email = @Email, email_key = @EmailKey,
                password_hash = @PasswordHash, security_stamp = @SecurityStamp,
                language = @Language, time_zone = @TimeZone, administrator = @Administrator, version = version + 1
            where id = @Id and version = @Version
            """, account);
        if (changed == 0) return [Conflict];
        tx.Record(new Change(
            Entry.Administration, "account_changed", "account", account.Id, account.Version + 1, "{}"));
        return [];
    }
}

/// <summary>User names and e-mail addresses are unique; this is where it is decided, inside the transaction.</summary>
internal static class AccountNames
{
    public static async Task<string[]> Taken(WriteTransaction tx, Account account)
    {
        var others = await tx.Query<Account>(
            """
            select username_key, email_key from account
            where (username_key = @UsernameKey or email_key = @EmailKey) and id <> @Id
            """, account);
        var taken = new List<string>();
        if (others.Any(other => other.UsernameKey == account.UsernameKey)) taken.Add("username_taken");
        if (account.EmailKey is not null && others.Any(other => other.EmailKey == account.EmailKey))
            taken.Add("email_taken");
        return [.. taken];
    }
}
