using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Identity.Accounts;

/// <summary>Implements the user store of ASP.NET Core Identity on Pacil's own tables.</summary>
internal sealed class AccountStore(Database database)
    : IUserSecurityStampStore<Account>
{
    /// <summary>Erased accounts are never found.</summary>
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
    /// membership or a right does not need this check, because the check of the membership or right fails for an erased
    /// account.
    /// </summary>
    /// <returns>Null if the account exists; it cannot be erased before the transaction ends. Otherwise 401.</returns>
    public static async Task<Problem?> Gone(WriteTransaction tx) => await tx.First<int>(
        $"""
        select 1 from account where id = @Id and erased_at is null and locked_at is null
        {tx.Dialect.Pick(sqlite: "", postgres: "for key share")}
        """, new { tx.Actor.Id }) == 1 ? null : Problems.Of(StatusCodes.Status401Unauthorized);

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts come by Register and by CreateUser.");

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        AccountRules.Said(await database.Write(
            new Actor(user.Id, user.Username), tx => ChangeAccount.Apply(tx, user), cancellationToken));

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts go by EraseAccount.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        database.Read(
            connection => Find(connection, long.Parse(userId, CultureInfo.InvariantCulture)), cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.Read(connection => connection.First<Account>(
            $"{Select} and username_key = @Key", new { Key = normalizedUserName }), cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Username);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.UsernameKey);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        Done(user.Username = userName!);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Done(user.UsernameKey = normalizedName!);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) =>
        Done(user.SecurityStamp = stamp);

    public void Dispose() { }

    private static Task Done(object? _) => Task.CompletedTask;
}
