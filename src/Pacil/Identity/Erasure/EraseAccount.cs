using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Events;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Identity.Erasure;

/// <summary>
/// Erases an account: deletes its name, address, password, sessions, tokens, drafts and notifications. Its log entries
/// stay, but their author is "former member". A workspace that only this account owned goes to the successor or,
/// without a successor, to the member with the highest role. A workspace without other members is closed.
/// </summary>
internal sealed class EraseAccount(IEnumerable<ErasureStep> erasures)
{
    /// <param name="heir">
    /// The user name of the successor in workspaces that only this account owned; "" for none. An administrator may
    /// choose any account. Another user can hand over only workspaces of which the successor is a member.
    /// </param>
    /// <returns>
    /// Null if done; 422 if no account has the heir's name or the heir is locked; 409 if this account is the last
    /// administrator, or was changed after it was read.
    /// </returns>
    public async Task<Problem?> Apply(WriteTransaction tx, Account account, string heir)
    {
        var next = (await LockForUpdate(tx, account.Id, heir)).Find(held => held.Id != account.Id);
        if (heir.Length > 0 && next is null) return Problem.Invalid("heir", "error.nobody_of_that_name");
        if (next is { IsLocked: true }) return Problem.Invalid("heir", "error.heir_locked");
        if (account.IsActiveAdministrator && await Administrators.IsLast(tx, account.Id))
            return AccountRules.Report(ChangeAccount.LastAdministrator);
        var isFree = account.IsActiveAdministrator || tx.Actor.Id != account.Id;
        await LeaveWorkspaces.Apply(tx, account, next?.Id, isFree);
        await DeleteStoredAnswers(tx, account.Id);
        foreach (var erase in erasures) await erase(tx, account.Id);
        var erased = await tx.Execute(
            """
            update account
            set username = @Former, username_key = @Key, username_skeleton = null, email = null, email_key = null,
                password_hash = '', security_stamp = @Stamp, language = null, time_zone = 'UTC', administrator = @No,
                locked_at = null, last_login_at = null, erased_at = @Now, version = version + 1
            where id = @Id and version = @Version and erased_at is null
            """,
            new
            {
                Account.Former,
                // A user name cannot contain a colon, so no account can get this key.
                Key = string.Create(CultureInfo.InvariantCulture, $"erased:{account.Id}"),
                Stamp = AccessKey.Random(),
                No = false,
                tx.Now,
                account.Id,
                account.Version,
            });
        if (erased == 0) return AccountRules.Report(ChangeAccount.Conflict);
        tx.Record(account.Id, account.Version + 1, new AccountErased());
        return null;
    }

    private static Task<List<Held>> LockForUpdate(WriteTransaction tx, long account, string heir) => tx.Query<Held>(
        $"""
        select id, locked_at is not null as is_locked from account
        where (id = @Id or username_key = @Key) and erased_at is null
        order by id
        {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
        """, new { Id = account, Key = Account.Key(heir) });

    /// <summary>
    /// Deletes the stored responses of all writes that have a log entry about the account, in any feed.
    /// </summary>
    private static async Task DeleteStoredAnswers(WriteTransaction tx, long account)
    {
        var feeds = await tx.Query<long>(
            """
            select id from feed
            where exists (
              select 1 from entry where feed_id = feed.id and subject_type = 'account' and subject_id = @Id)
            """, new { Id = account });
        foreach (var feed in feeds) await StoredAnswers.DeleteAbout(tx, feed, "account", account);
    }

    /// <summary>
    /// Deletes the account's sessions, tokens, sign-in links, stored responses and failed sign-ins, and redacts the
    /// entries of its inbox.
    /// </summary>
    public static async Task EraseOwn(WriteTransaction tx, long account)
    {
        var id = new { Id = account };
        await tx.Execute("delete from session where account_id = @Id", id);
        await tx.Execute("delete from api_token where account_id = @Id", id);
        await tx.Execute("delete from sign_in_link where account_id = @Id", id);
        await StoredAnswers.DeleteOf(tx, account);
        await Lockout.Clear(tx, (await tx.First<string>("select username from account where id = @Id", id))!);
        var inbox = await tx.First<long>("select inbox_id from account where id = @Id", id);
        await EntryStore.Overwrite(tx, inbox, Redaction.Data);
    }

    private sealed record Held
    {
        public required long Id { get; init; }
        public required bool IsLocked { get; init; }
    }
}
