using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Tokens;
using Pacil.Web;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Authenticates requests by the session cookie. A request with an Authorization header is authenticated by the header
/// alone; see <see cref="Bearer"/>. The framework's authentication would allocate a handler and three results for every
/// request; this middleware only asks the session cache. Cookies ignore ports (RFC 6265, 8.5), so two Pacil servers on
/// one host receive each other's cookies. If the cookie with the usual name holds a key that is not valid here, that
/// cookie stays unchanged, and this server uses another name.
/// </summary>
internal static class SessionCookie
{
    /// <summary>
    /// Removes the framework's authentication, which Razor Pages register. Otherwise, WebApplication would run the
    /// framework's authentication middleware for every request. Call this after all other services are added.
    /// </summary>
    public static void RemoveFrameworkAuthentication(this IServiceCollection services) => services
        .RemoveAll<IAuthenticationService>()
        .RemoveAll<IAuthenticationHandlerProvider>()
        .RemoveAll<IAuthenticationSchemeProvider>();

    public static void UseSessions(this WebApplication app)
    {
        var (sessions, database) = (
            app.Services.GetRequiredService<SessionStore>(), app.Services.GetRequiredService<Database>());
        // The names are built one time and not for every request: the epoch is fixed while the process runs.
        string? own = null, ownSecure = null;
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (Csrf.HasBearer(request)) return Bearer.Authenticate(context, sessions, next);
            var ownName = request.IsHttps
                ? ownSecure ??= OwnName(request, database)
                : own ??= OwnName(request, database);
            var key = request.Cookies[ownName] ?? request.Cookies[Name(request)];
            if (string.IsNullOrEmpty(key)) return next(context);
            var found = sessions.Find(new AccessKey(key, IsToken: false), context.RequestAborted);
            if (!found.IsCompletedSuccessfully) return SignIn(found, context, next);
            if (found.Result is { } user) context.User = user;
            return next(context);
        });
    }

    public static string Name(HttpRequest request) => request.IsHttps ? "__Host-pacil" : "pacil";

    /// <summary>A cookie name that only this server uses: it contains the unique epoch of the database.</summary>
    public static string OwnName(HttpContext context) =>
        OwnName(context.Request, context.RequestServices.GetRequiredService<Database>());

    public static void Give(HttpResponse response, string key, TimeSpan lifetime)
    {
        var context = response.HttpContext;
        var (name, own) = (Name(context.Request), OwnName(context));
        if (!IsOurs(context, name)) name = own;
        else if (context.Request.Cookies.ContainsKey(own))
            response.Cookies.Delete(own, Options(response, TimeSpan.Zero));
        response.Cookies.Append(name, key, Options(response, lifetime));
    }

    public static void Take(HttpResponse response)
    {
        var context = response.HttpContext;
        foreach (var name in new[] { Name(context.Request), OwnName(context) })
            if (context.Request.Cookies.ContainsKey(name) && IsOurs(context, name))
                response.Cookies.Delete(name, Options(response, TimeSpan.Zero));
    }

    private static string OwnName(HttpRequest request, Database database) => $"{Name(request)}-{database.Epoch}";

    private static bool IsOurs(HttpContext context, string name) =>
        name == OwnName(context)
        || context.Request.Cookies[name] is not { Length: > 0 } key
        || key == CurrentUser.Find(context)?.Key.Text;

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
