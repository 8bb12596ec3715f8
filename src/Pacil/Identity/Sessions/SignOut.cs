using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Identity.Sessions;

/// <summary>Ends the session of the request. The user's other sessions stay open.</summary>
internal static class SignOut
{
    public static async Task<IResult> Handle(CurrentUser user, SessionStore sessions, HttpContext context) =>
        await Apply(user, sessions, context) is { } problem ? problem : ApiResponse.NoContent;

    public static async Task<Problem?> Apply(CurrentUser user, SessionStore sessions, HttpContext context)
    {
        if (user.NeedsSession is { } problem) return problem;
        await sessions.Close(user, context.RequestAborted);
        context.RequestServices.GetRequiredService<Audit>().Write(context, "sign_out", "done");
        SessionCookie.Take(context.Response);
        context.Response.Cookies.Delete(SignIn.LastLoginCookie);
        Csrf.Renew(context);
        return null;
    }
}
