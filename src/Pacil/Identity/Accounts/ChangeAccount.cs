using Pacil.Data;
using Pacil.Identity.Events;
using Pacil.Log.Events;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Saves an account, unless it was changed after it was read, and records the kinds of change in the administrators'
/// log. The last administrator can be neither demoted nor locked.
/// </summary>
internal static class ChangeAccount
{
    public const string Conflict = "concurrently_changed";
    public const string LastAdministrator = "last_administrator";

    /// <summary>Codes of broken rules that concern no form field.</summary>
    public static readonly string[] States = [Conflict, LastAdministrator];

    /// <returns>The codes of broken rules, which may be among <see cref="States"/>; empty if saved.</returns>
    public static async Task<string[]> Apply(WriteTransaction tx, Account account)
    {
        if (await AccountStore.Find(tx, account.Id) is not { } before) return [Conflict];
        if (before == account) return [];
        if (before.Username != account.Username && await AccountNames.Refusal(tx, account) is { } refusal)
            return [refusal];
        if (before.IsActiveAdministrator && !account.IsActiveAdministrator
            && await Administrators.IsLast(tx, account.Id))
            return [LastAdministrator];
        var changed = await tx.Execute(
            """
            update account
            set username = @Username, username_key = @UsernameKey, username_skeleton = @UsernameSkeleton,
                email = @Email, email_key = @EmailKey, password_hash = @PasswordHash,
                security_stamp = @SecurityStamp, language = @Language, time_zone = @TimeZone,
                administrator = @Administrator, locked_at = @LockedAt, version = version + 1
            where id = @Id and version = @Version and erased_at is null
            """, account);
        if (changed == 0) return [Conflict];
        foreach (var what in Events(before, account)) tx.Record(account.Id, account.Version + 1, what);
        return [];
    }

    private static IEnumerable<AdministrationEvent> Events(Account before, Account after)
    {
        var isLocked = after.LockedAt is not null;
        if (isLocked != before.LockedAt is not null)
            yield return isLocked ? new AccountLocked() : new AccountUnlocked();
        else if (after.SecurityStamp != before.SecurityStamp && after.PasswordHash == before.PasswordHash)
            yield return new AccountSignedOut();
        if (after.Administrator != before.Administrator)
            yield return after.Administrator ? new AccountPromoted() : new AccountDemoted();
        string[] fields =
        [
            .. after.Username != before.Username ? (string[])["username"] : [],
            .. after.Email != before.Email ? (string[])["email"] : [],
            .. after.PasswordHash != before.PasswordHash ? (string[])["password"] : [],
            .. after.Language != before.Language ? (string[])["language"] : [],
            .. after.TimeZone != before.TimeZone ? (string[])["time_zone"] : [],
        ];
        if (fields.Length > 0) yield return new AccountChanged(fields);
    }
}
