using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Counts what may be tried a few times only: to sign in, to register, to say one's password again. Looking at the form
/// is free; sending it counts, for the address.
/// </summary>
internal static class Attempts
{
    /// <summary>After the check of CSRF: another site's page must not use up what its visitor may try.</summary>
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
