using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Identity.Passwords;

/// <summary>Changes the user's password. All sessions and tokens end, and the caller gets a new session.</summary>
internal sealed class ChangePassword(
    AccountStore accounts, PasswordRules rules, PasswordCheck check, PasswordHashing passwords, SessionStore sessions,
    Audit audit)
{
    public static async Task<IResult> Handle(
        RequestFields fields, CurrentUser user, ChangePassword change, HttpContext context) =>
        await change.Apply(fields, user, context) is { } problem ? problem : ApiResponse.NoContent;

    public async Task<Problem?> Apply(RequestFields fields, CurrentUser user, HttpContext context)
    {
        if (user.NeedsSession is { } refusal) return refusal;
        var cancellation = context.RequestAborted;
        var account = await accounts.Get(user);
        var current = fields.Secret("current_password", AccountRules.PasswordLengthMax, required: true);
        var password = AccountFields.NewPassword(fields, account, rules);
        if (fields.Problem is { } problem) return problem;
        var proved = await check.Apply(context, account.Username, current, () => Task.FromResult<Account?>(account));
        if (proved.IsProblem) return PasswordCheck.AtField("current_password", proved.Problem);

        account.PasswordHash = await passwords.Hash(HashRequester.Known(user.Id), account, password, cancellation);
        account.SecurityStamp = AccessKey.Random();
        if (AccountRules.Report(fields, await accounts.Update(account, cancellation)) is { } broken) return broken;
        sessions.Revoke(user.Id);
        var key = await sessions.Open(account, tx => Lockout.Forgive(tx, proved.Value.Tried), cancellation);
        SessionCookie.Give(context.Response, key, sessions.LifetimeMax);
        Device.Give(context, account);
        audit.Write(context, "password_change", "done");
        return null;
    }
}
