using System.Security.Claims;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;

namespace Pacil.Identity.Tokens;

/// <summary>
/// Authenticates a program by <c>Authorization: Bearer TOKEN</c> (RFC 6750, 2.1). If a request has an Authorization
/// header, its session cookie is ignored, on every endpoint.
/// </summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static Task Authenticate(HttpContext context, SessionStore sessions, RequestDelegate next)
    {
        var found = Key(context.Request) is { } key ? sessions.Find(key, context.RequestAborted) : default;
        return found.IsCompletedSuccessfully ? GoOn(found.Result, context, next) : Authenticate(found, context, next);
    }

    private static async Task Authenticate(
        ValueTask<ClaimsPrincipal?> finding, HttpContext context, RequestDelegate next) =>
        await GoOn(await finding, context, next);

    private static Task GoOn(ClaimsPrincipal? user, HttpContext context, RequestDelegate next)
    {
        if (user is null) return new Problem(StatusCodes.Status401Unauthorized, "invalid_token").ExecuteAsync(context);
        context.User = user;
        return AccessRules.Refusal(context, CurrentUser.Of(context)) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);
    }

    private static AccessKey? Key(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || !header[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var text = header[0]![Scheme.Length..].Trim(' ');
        return Token.IsSecret(text) ? new AccessKey(text, IsToken: true) : null;
    }
}
