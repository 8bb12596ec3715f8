using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Pacil.Data;
using Pacil.Identity.Passwords;
using Pacil.Identity.Sessions;
using Pacil.Identity.Tokens;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Accounts;

internal static class AccountRoutes
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<Audit>();
        services.AddSingleton<HashTurns>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<SessionStore>();
        services.AddScoped<SignIn>();
        services.AddScoped<UpdateProfile>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<CreateToken>();
        services.AddScoped<RevokeToken>();
        services.AddScoped<SignInLink>();
        services.AddSingleton<CleanupTask>(SignInLink.DeleteExpired);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ChallengeHandler>();
        services.AddDataProtection().SetApplicationName("Pacil");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<Database>())));
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/api").WithTags("Accounts").AllowAnonymous();
        open.MapPost("/login", SignIn.Handle).WithOperation("signIn", "Sign in, and get a session cookie.")
            .RequireRateLimiting(Limits.SignIn).NotInABatch().Accepts<Credentials>().Produces<Me>()
            .Refuses(401, "wrong_credentials").Refuses(403, "account_locked").Refuses(429, "locked_out");
        open.MapGet("/me", Me.Handle)
            .WithOperation("readMe", "Read your account. Sets the cookie with the CSRF token, also with 401.")
            .Produces<Me>().Refuses(401, "not_signed_in");

        var mine = app.MapGroup("/api").WithTags("Accounts").RequireAuthorization();
        mine.MapPost("/logout", SignOut.Handle).WithOperation("signOut", "End the session.")
            .NotInABatch().Produces(204).Refuses(403, "session_required");
        mine.MapPatch("/me", UpdateProfile.Handle).WithOperation("changeMe", "Change your name and settings.")
            .Accepts<Profile>().Produces<Me>()
            .Refuses(403, "session_required").Refuses(409, "concurrently_changed");
        mine.MapPost("/me/password", ChangePassword.Handle).WithOperation("changePassword", "Change your password.")
            .RequireRateLimiting(Limits.SignIn).NotInABatch().Accepts<PasswordChange>().Produces(204)
            .Refuses(403, "session_required").Refuses(409, "concurrently_changed").Refuses(429, "locked_out");
    }
}
