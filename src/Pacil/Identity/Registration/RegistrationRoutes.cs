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
            .WithOperation("register", "Create an account. This does not sign in.")
            .RequireRateLimiting(Limits.Register).NotInABatch().Accepts<RegistrationRequest>().Produces<Me>(201)
            .Refuses(403, "registration_by_invitation", "registration_closed").Refuses(409, "invitation_used_up");
}
