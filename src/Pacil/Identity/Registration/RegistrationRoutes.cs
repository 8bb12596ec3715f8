using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Registration;

internal static class RegistrationRoutes
{
    public static void AddRegistration(this IServiceCollection services)
    {
        services.AddSingleton<CreateAccount>();
        services.AddScoped<Register>();
    }

    public static void MapRegistration(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/register", Register.Handle).WithTags("Accounts").AllowAnonymous()
            .RequireRateLimiting(Limits.Register).NotInABatch().Accepts<RegistrationRequest>().Produces<Me>(201);
}
