using Pacil.Data;
using Pacil.Web;

namespace Pacil.Identity.Accounts;

/// <summary>Reads and changes accounts. Erased accounts are never found.</summary>
internal sealed class AccountStore(Database database)
{
    private const string Select =
        """
        select id, username, username_key, email, password_hash, security_stamp, language, time_zone,
               administrator, locked_at, workspace_id, inbox_id, version, created_at, last_login_at
        from account
        where erased_at is null
        """;

    public static Task<Account?> Find(Connection connection, long id) =>
        connection.First<Account>($"{Select} and id = @Id", new { Id = id });

    /// <summary>
    /// Checks that the writer's account was not erased or locked while the write was queued. A write that checks a
    /// role in a workspace, or the right of an administrator, does not need this check: the check of the role or right
    /// refuses such an account, too.
    /// </summary>
    /// <returns>Null if the account exists; it cannot be erased before the transaction ends. Otherwise 401.</returns>
    public static async Task<Problem?> RequireAccount(WriteTransaction tx) => await tx.First<int>(
        $"""
        select 1 from account where id = @Id and erased_at is null and locked_at is null
        {tx.Dialect.Pick(sqlite: "", postgres: "for key share")}
        """, new { tx.Actor.Id }) == 1 ? null : Problems.Of(StatusCodes.Status401Unauthorized);

    public async Task<Account> Get(CurrentUser user) =>
        (await database.Read(connection => Find(connection, user.Id), CancellationToken.None))!;

    public Task<Account?> FindByName(string username, CancellationToken cancellation) =>
        database.Read(connection => connection.First<Account>(
            $"{Select} and username_key = @Key", new { Key = Account.Key(username) }), cancellation);

    /// <summary>Checks the rules for the name and the address of an account.</summary>
    /// <returns>The codes of broken rules; see <see cref="AccountRules"/>.</returns>
    public async Task<string[]> Broken(Account account, CancellationToken cancellation)
    {
        var broken = new List<string>();
        var namesake = await FindByName(account.Username, cancellation);
        if (namesake is not null && namesake.Id != account.Id) broken.Add("username_taken");
        else if (namesake?.Username != account.Username && !Account.IsUsername(account.Username))
            broken.Add("username_not_allowed");
        if (account.Email is not null && !Account.IsEmail(account.Email)) broken.Add("email_not_valid");
        return [.. broken];
    }

    /// <summary>Stores an account that its own user has changed.</summary>
    /// <returns>The codes of broken rules; empty if the account is stored.</returns>
    public async Task<string[]> Update(Account account, CancellationToken cancellation)
    {
        if (await Broken(account, cancellation) is { Length: > 0 } broken) return broken;
        account.UsernameKey = Account.Key(account.Username);
        return await database.Write(
            new Actor(account.Id, account.Username), tx => ChangeAccount.Apply(tx, account), cancellation);
    }
}
