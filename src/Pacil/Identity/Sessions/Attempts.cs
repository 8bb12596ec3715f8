using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Limits how often an IP address may try to sign in, to register or to confirm a password. Safe methods such as GET
/// are not limited.
/// </summary>
internal static class Attempts
{
    /// <summary>Runs after the CSRF check, so that a page of another site cannot use up a visitor's attempts.</summary>
    public static void UseAttempts(this WebApplication app)
    {
        var (rates, database) = (
            app.Services.GetRequiredService<Rates>(), app.Services.GetRequiredService<Database>());
        app.Use((context, next) =>
            !Csrf.IsSafe(context.Request.Method) && Limits.Policy(context) is Limits.SignIn or Limits.Register
                ? Count(context, next)
                : next(context));

        async Task Count(HttpContext context, RequestDelegate next)
        {
            var isKnown = CurrentUser.Find(context) is not null || await Device.IsKnown(context, database);
            if (rates.Attempt(context, Limits.Policy(context)!, isKnown) is { } refusal)
                await refusal.ExecuteAsync(context);
            else await next(context);
        }
    }
}
