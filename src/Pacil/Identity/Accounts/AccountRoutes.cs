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
        open.MapPost("/login", SignIn.Handle)
            .RequireRateLimiting(Limits.SignIn).NotInABatch().Accepts<Credentials>().Produces<Me>();
        open.MapGet("/me", Me.Handle).Produces<Me>();

        var mine = app.MapGroup("/api").WithTags("Accounts").RequireAuthorization();
        mine.MapPost("/logout", SignOut.Handle).NotInABatch().Produces(204);
        mine.MapPatch("/me", UpdateProfile.Handle).Accepts<Profile>().Produces<Me>();
        mine.MapPost("/me/password", ChangePassword.Handle)
            .RequireRateLimiting(Limits.SignIn).NotInABatch().Accepts<PasswordChange>().Produces(204);
    }
}
