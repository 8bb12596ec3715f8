using Microsoft.AspNetCore.Identity;
using Pacil.Identity.Accounts;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Identity.Passwords;

/// <summary>Changes the user's password. All sessions and tokens end, and the caller gets a new session.</summary>
internal sealed class ChangePassword(
    UserManager<Account> users, PasswordCheck check, PasswordHashing passwords, SessionStore sessions, Audit audit)
{
    public static async Task<IResult> Handle(
        RequestFields fields, CurrentUser user, ChangePassword change, HttpContext context) =>
        await change.Apply(fields, user, context) is { } problem ? problem : ApiResponse.NoContent;

    public async Task<Problem?> Apply(RequestFields fields, CurrentUser user, HttpContext context)
    {
        if (user.NeedsSession is { } refusal) return refusal;
        var cancellation = context.RequestAborted;
        var account = await users.Get(user);
        var current = fields.Secret("current_password", AccountRules.PasswordLengthMax, required: true);
        var password = await Register.NewPassword(fields, account, users);
        if (fields.Problem is { } problem) return problem;
        var proved = await check.Apply(context, account.Username, current, () => Task.FromResult<Account?>(account));
        if (proved.IsProblem) return PasswordCheck.AtField("current_password", proved.Problem);

        account.PasswordHash = await passwords.Hash(HashRequester.Known(user.Id), account, password, cancellation);
        if (AccountRules.Report(fields, await users.UpdateSecurityStampAsync(account)) is { } broken) return broken;
        sessions.Revoke(user.Id);
        var key = await sessions.Open(account, tx => Lockout.Forgive(tx, proved.Value.Tried), cancellation);
        SessionCookie.Give(context.Response, key, sessions.LifetimeMax);
        Device.Give(context, account);
        audit.Write(context, "password_change", "done");
        return null;
    }
}
