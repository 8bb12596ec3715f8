using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Events;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Identity.Registration;

/// <summary>Creates an account with its inbox and personal workspace. The first account is the administrator.</summary>
internal sealed class CreateAccount(CreateWorkspace createWorkspace)
{
    /// <param name="policy">
    /// The registration policy; null if an administrator or the console creates the account.
    /// </param>
    /// <returns>
    /// The account; 422 if its name equals or resembles another name; 403 or 409, depending on the policy.
    /// </returns>
    public async Task<Result<Account>> Apply(
        WriteTransaction tx, Account wanted, RegistrationPolicy? policy = null)
    {
        // Without this lock, two concurrent first accounts could both become administrator.
        await AccountNames.LockForUpdate(tx);
        if (policy is not null && await policy.Refusal(tx, tx.Now) is { } refusal) return refusal;
        if (await AccountNames.Taken(tx, wanted) is { } taken) return AccountRules.Report(taken)!;
        var isFirst = await IsFirst(tx);
        var account = wanted with
        {
            Administrator = wanted.Administrator || isFirst,
            WorkspaceId = await createWorkspace.Apply(tx, wanted.Username),
            InboxId = await EntryStore.CreateFeed(tx),
            CreatedAt = tx.Now,
            Version = 1,
        };
        account.Id = await tx.First<long>(
            """
            insert into account (
              username, username_key, username_skeleton, email, email_key, password_hash, security_stamp, language,
              time_zone, administrator, inbox_id, workspace_id, version, created_at)
            values (
              @Username, @UsernameKey, @UsernameSkeleton, @Email, @EmailKey, @PasswordHash, @SecurityStamp, @Language,
              @TimeZone, @Administrator, @InboxId, @WorkspaceId, @Version, @CreatedAt)
            returning id
            """, account);
        await AddMember.Apply(tx, account.WorkspaceId, account.Id, Role.Owner);
        if (policy is not null && await policy.TakePlace(tx, account) is { } gone) return gone;
        tx.Record(account.Id, account.Version, new AccountCreated());
        return account;
    }

    public static Task<bool> IsFirst(Database database, CancellationToken cancellation) =>
        database.Read(IsFirst, cancellation);

    public static async Task<bool> IsFirst(Connection connection) =>
        await connection.First<int>("select 1 from account limit 1") == 0;
}
