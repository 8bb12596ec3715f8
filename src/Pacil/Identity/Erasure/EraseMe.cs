using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Identity.Erasure;

/// <summary>Erases the user's own account. This cannot be undone, so the user must enter the password.</summary>
internal sealed class EraseMe(
    EraseAccount erase, AccountStore accounts, PasswordCheck check, SessionStore sessions, Database database,
    Audit audit)
{
    public static async Task<IResult> Handle(
        RequestFields fields, CurrentUser user, EraseMe erase, HttpContext context) =>
        await erase.Apply(fields, user, context) is { } problem ? problem : ApiResponse.NoContent;

    public async Task<Problem?> Apply(RequestFields fields, CurrentUser user, HttpContext context)
    {
        if (user.NeedsSession is { } refusal) return refusal;
        var cancellation = context.RequestAborted;
        var account = await accounts.Get(user);
        var password = fields.Secret("password", AccountRules.PasswordLengthMax, required: true);
        var heir = fields.WholeLine("heir", Account.UsernameLengthMax);
        if (fields.Problem is { } problem) return problem;
        var proved = await check.Apply(context, account.Username, password, () => Task.FromResult<Account?>(account));
        if (proved.IsProblem) return PasswordCheck.AtField("password", proved.Problem);
        // The actor's name is "former member", so that the entries of this write do not contain the user's name.
        var failed = await database.Write(new Actor(user.Id, Account.Former), async tx =>
        {
            var result = await erase.Apply(tx, account, heir);
            if (result is not null) tx.Rollback();
            return result;
        }, cancellation);
        await database.Write(Actor.Program, tx => Lockout.Forgive(tx, proved.Value.Tried), cancellation);
        if (failed is not null) return failed;
        sessions.Revoke(user.Id);
        audit.Write(context, "erasure", "done", (user.Id, Account.Former));
        SessionCookie.Take(context.Response);
        Device.Take(context.Response);
        context.Response.Cookies.Delete(SignIn.LastLoginCookie);
        Csrf.Renew(context);
        return null;
    }
}
