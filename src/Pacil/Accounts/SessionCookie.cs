using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Signs requests in by the session's cookie. A request with an Authorization header is judged by that alone; see
/// <see cref="Bearer"/>. The framework's authentication would make a handler and three results for every request;
/// this asks the cache.
/// </summary>
internal static class SessionCookie
{
    public static void UseSessions(this WebApplication app)
    {
        var sessions = app.Services.GetRequiredService<Sessions>();
        // Pages register the framework's authentication; without this it would be put into the pipeline too.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (Csrf.HasBearer(request)) return Bearer.Judge(context, sessions, next);
            var key = request.Cookies[Name(request)];
            if (string.IsNullOrEmpty(key)) return next(context);
            var found = sessions.Find(new AccessKey(key, IsToken: false), context.RequestAborted);
            if (!found.IsCompletedSuccessfully) return SignIn(found, context, next);
            if (found.Result is { } user) context.User = user;
            return next(context);
        });
    }

    public static string Name(HttpRequest request) => request.IsHttps ? "__Host-pacil" : "pacil";

    public static void Give(HttpResponse response, string key, TimeSpan lifetime) =>
        response.Cookies.Append(Name(response.HttpContext.Request), key, Options(response, lifetime));

    public static void Take(HttpResponse response) =>
        response.Cookies.Delete(Name(response.HttpContext.Request), Options(response, TimeSpan.Zero));

    private static async Task SignIn(ValueTask<ClaimsPrincipal?> finding, HttpContext context, RequestDelegate next)
    {
        if (await finding is { } user) context.User = user;
        await next(context);
    }

    public static CookieOptions Options(HttpResponse response, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        Secure = response.HttpContext.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        MaxAge = lifetime,
    };
}

/// <summary>A page asked for without signing in leads there; all else is told.</summary>
internal sealed class SignInFirst : IAuthorizationMiddlewareResultHandler
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
