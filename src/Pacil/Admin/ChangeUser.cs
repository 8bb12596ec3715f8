using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>
/// Changes an account for an administrator: its name or address, its lock, or its right to administer. Only the fields
/// in the request change.
/// </summary>
internal static class ChangeUser
{
    public static RequestWrite Handle(
        long account, RequestFields fields, CurrentUser user, HttpContext context, SessionStore sessions) =>
        Apply(account, fields, Versions.IfMatch(context.Request), user, context, sessions);

    /// <summary>Ends every session and token of the account, which also closes its open connections.</summary>
    public static RequestWrite HandleSignOut(
        long account, CurrentUser user, HttpContext context, SessionStore sessions) => Write(
        account, null, Versions.IfMatch(context.Request), user, context, sessions,
        (before, _) => before with { SecurityStamp = AccessKey.Random() }, static _ => ApiResponse.NoContent);

    public static RequestWrite Apply(
        long account, RequestFields fields, IfMatchCondition expected, CurrentUser user, HttpContext context,
        SessionStore sessions)
    {
        var request = Request.Read(fields);
        return Write(
            account, fields, expected, user, context, sessions, (before, now) => request.On(before, now, fields),
            static changed => ApiResponse.Ok(changed, AdminJson.Default.User, changed.Version));
    }

    private static RequestWrite Write(
        long account, RequestFields? fields, IfMatchCondition expected, CurrentUser user, HttpContext context,
        SessionStore sessions, Func<Account, DateTime, Account> change, Func<User, ApiResponse> answer) =>
        user.Write(context, fields, async tx =>
        {
            if (await AccountStore.Find(tx, account) is not { } before) return Problem.NotFound;
            if (!expected.Allows(before.Version)) return await Conflict(tx, account);
            var after = change(before, tx.Now);
            if (fields?.Problem is { } problem) return problem;
            if (AccountRules.Report(await ChangeAccount.Apply(tx, after)) is { } broken) return broken;
            return answer((await User.Find(tx, account))!);
        }, Administrators.RequireAdministrator) with
        {
            AfterCommit = () => sessions.Revoke(account),
        };

    /// <summary>412 with the current account, because it was changed after the administrator had read it.</summary>
    public static async Task<Problem> Conflict(WriteTransaction tx, long account) =>
        IfMatchCondition.Conflict((await User.Find(tx, account))!, AdminJson.Default.User);

    /// <summary>
    /// The fields of the request. Null means no change, except for <c>Email</c>: <c>NamesEmail</c> says whether the
    /// request contains the field <c>email</c>. If the request contains the field, a null <c>Email</c> deletes the
    /// address.
    /// </summary>
    private sealed record Request(string? Username, bool NamesEmail, string? Email, bool? Administrator, bool? Locked)
    {
        public static Request Read(RequestFields fields)
        {
            var username = fields.Has("username") ? AccountFields.Username(fields) : null;
            var email = AccountFields.Email(fields);
            if (email is not null && !Account.IsEmail(email)) fields.Error("email", "error.email_not_valid");
            return new Request(
                username, fields.Has("email"), email, fields.Flag("administrator"), fields.Flag("locked"));
        }

        /// <summary>An unchanged name is not checked: it may have been chosen under older rules.</summary>
        public Account On(Account before, DateTime now, RequestFields fields)
        {
            if (Username is { Length: > 0 } && Username != before.Username && !Account.IsUsername(Username))
                fields.Error("username", "error.username_not_allowed");
            var email = NamesEmail ? Email : before.Email;
            var isLocking = Locked is true && before.LockedAt is null;
            return before with
            {
                Username = Username ?? before.Username,
                UsernameKey = Account.Key(Username ?? before.Username),
                Email = email,
                Administrator = Administrator ?? before.Administrator,
                LockedAt = Locked is false ? null : isLocking ? now : before.LockedAt,
                // A new security stamp ends every session and token, in every process.
                SecurityStamp = isLocking ? AccessKey.Random() : before.SecurityStamp,
            };
        }
    }
}
