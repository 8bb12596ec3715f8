using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Events;
using Pacil.Identity.Passwords;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Identity.Sessions;

/// <summary>
/// A link that an administrator gives to a user for a first sign-in or after a forgotten password. GET shows a form.
/// POST sets a password and signs in, and works one time. A new password, a lock of the account or a newer link makes
/// the link invalid.
/// </summary>
internal sealed class SignInLink(
    Database database, PasswordRules rules, PasswordHashing passwords, SessionStore sessions, SignIn signIn,
    TimeProvider time, Audit audit)
{
    public const string Path = "/sign-in/";
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>The response does not reveal whether a link was used, has expired or never existed.</summary>
    private static readonly Problem Gone = new(StatusCodes.Status404NotFound, "sign_in_link_gone");

    /// <returns>The link's path. It cannot be read again later, because only a hash is stored.</returns>
    public static async Task<string> Make(WriteTransaction tx, Account account)
    {
        var secret = AccessKey.Random();
        await tx.Execute("delete from sign_in_link where account_id = @Id", new { account.Id });
        await tx.Execute(
            """
            insert into sign_in_link (secret_hash, account_id, security_stamp, created_at, expires_at)
            values (@Hash, @Id, @SecurityStamp, @Now, @ExpiresAt)
            """,
            new
            {
                Hash = AccessKey.Hash(secret),
                account.Id,
                account.SecurityStamp,
                tx.Now,
                ExpiresAt = tx.Now + Lifetime,
            });
        tx.Record(account.Id, account.Version, new SignInLinkCreated());
        return Path + secret;
    }

    public async Task<Result<Account>> Look(string secret, CancellationToken cancellation) =>
        await database.Read(
            connection => Find(connection, secret, time.UtcNow()), cancellation) is { } account ? account : Gone;

    public async Task<Problem?> Apply(string secret, RequestFields fields, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var found = await Look(secret, cancellation);
        if (found.IsProblem) return found.Problem;
        var password = AccountFields.NewPassword(fields, found.Value, rules);
        if (fields.Problem is { } problem) return problem;
        var hash = await passwords.Hash(HashRequester.Known(found.Value.Id), found.Value, password, cancellation);
        var used = await database.Write(
            new Actor(found.Value.Id, found.Value.Username), tx => Use(tx, secret, hash), cancellation);
        if (used.IsProblem) return used.Problem;
        sessions.Revoke(used.Value.Id);
        audit.Write(context, "password_change", "done", (used.Value.Id, used.Value.Username));
        await signIn.Open(context, used.Value, cancellation);
        return null;
    }

    public static Task<int> DeleteExpired(WriteTransaction tx) =>
        tx.Execute("delete from sign_in_link where expires_at < @Now", new { tx.Now });

    /// <summary>If two requests use the link concurrently, only the request that deletes its row succeeds.</summary>
    private static async Task<Result<Account>> Use(WriteTransaction tx, string secret, string hash)
    {
        if (await Find(tx, secret, tx.Now) is not { } account) return Gone;
        var deleted = await tx.Execute(
            "delete from sign_in_link where secret_hash = @Hash", new { Hash = AccessKey.Hash(secret) });
        if (deleted == 0) return Gone;
        account.PasswordHash = hash;
        account.SecurityStamp = AccessKey.Random();
        if (AccountRules.Report(await ChangeAccount.Apply(tx, account)) is not { } broken) return account;
        tx.Rollback();
        return broken;
    }

    private static async Task<Account?> Find(Connection connection, string secret, DateTime now)
    {
        var id = await connection.First<long>(
            """
            select account_id from sign_in_link
            join account on account.id = sign_in_link.account_id
              and account.security_stamp = sign_in_link.security_stamp
            where secret_hash = @Hash and expires_at > @Now
            """, new { Hash = AccessKey.Hash(secret), Now = now });
        return await AccountStore.Find(connection, id);
    }
}
