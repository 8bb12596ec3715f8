using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>Ends this session. The user's other sessions stay.</summary>
internal static class SignOut
{
    public static async Task<IResult> Handle(CurrentUser user, Sessions sessions, HttpContext context) =>
        await Apply(user, sessions, context) is { } problem ? problem : ApiResponse.NoContent;

    public static async Task<Problem?> Apply(CurrentUser user, Sessions sessions, HttpContext context)
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
