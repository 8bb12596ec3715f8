using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Web;
using Pacil.Web.Forms;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Redirects a page request without a session to the sign-in page. Other refused requests get a problem response.
/// </summary>
internal sealed class ChallengeHandler : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context,
        AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Forbidden) return Problem.Forbidden.ExecuteAsync(context);
        var request = context.Request;
        if (!request.WantsHtml() || request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return Problems.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        var back = HttpMethods.IsGet(request.Method) ? request.PathBase + request.Path + request.QueryString : "/";
        return new SeeOther(QueryHelpers.AddQueryString("/login", "next", back)).ExecuteAsync(context);
    }
}
