using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>Erases an account for an administrator. This cannot be undone, so tokens are refused.</summary>
internal static class EraseUser
{
    public static RequestWrite Handle(
        long account, RequestFields fields, CurrentUser user, HttpContext context, EraseAccount erase,
        SessionStore sessions) =>
        Apply(account, fields, Versions.IfMatch(context.Request), user, context, erase, sessions);

    public static RequestWrite Apply(
        long account, RequestFields fields, IfMatchCondition expected, CurrentUser user, HttpContext context,
        EraseAccount erase, SessionStore sessions)
    {
        var heir = fields.WholeLine("heir", Account.UsernameLengthMax);
        return user.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            if (await AccountStore.Find(tx, account) is not { } before) return Problem.NotFound;
            if (!expected.Allows(before.Version)) return await ChangeUser.Conflict(tx, account);
            return await erase.Apply(tx, before, heir) is { } refusal ? refusal : ApiResponse.NoContent;
        }, async tx => user.NeedsSession ?? await Administrators.RequireAdministrator(tx)) with
        {
            AfterCommit = () => sessions.Revoke(account),
        };
    }
}
