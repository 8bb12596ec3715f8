using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>Erases an account for an administrator. This cannot be undone, so tokens are refused.</summary>
internal static class EraseUser
{
    public static Task<Result<ApiResponse>> Handle(
        long account, RequestFields fields, CurrentUser user, HttpContext context, EraseAccount erase,
        SessionStore sessions) =>
        Apply(account, fields, Versions.IfMatch(context.Request), user, context, erase, sessions);

    public static async Task<Result<ApiResponse>> Apply(
        long account, RequestFields fields, IfMatchCondition expected, CurrentUser user, HttpContext context,
        EraseAccount erase, SessionStore sessions)
    {
        if (user.NeedsSession is { } refused) return refused;
        var heir = fields.WholeLine("heir", Account.UsernameLengthMax);
        var result = await user.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            if (await AccountStore.Find(tx, account) is not { } before) return Problem.NotFound;
            if (!expected.Allows(before.Version)) return await ChangeUser.Conflict(tx, account);
            return await erase.Apply(tx, before, heir) is { } refusal ? refusal : ApiResponse.NoContent;
        }, Administrators.RequireAdministrator);
        if (!result.IsProblem) sessions.Revoke(account);
        return result;
    }
}
