using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.RateLimits;
using Pacil.Workspaces;

namespace Pacil.Identity.Erasure;

internal static class ErasureRoutes
{
    public static void AddErasure(this IServiceCollection services)
    {
        services.AddScoped<EraseMe>();
        services.AddSingleton<EraseAccount>();
        services.AddSingleton<ErasureStep>(EraseAccount.EraseOwn);
        services.AddSingleton<ErasureStep>(Block.Erase);
    }

    public static void MapErasure(this IEndpointRouteBuilder app) =>
        app.MapDelete("/api/me", EraseMe.Handle).WithTags("Accounts").RequireAuthorization()
            .WithOperation("eraseMe", "Erase your account for good.")
            .RequireRateLimiting(Limits.SignIn).NotInABatch().Accepts<DeleteAccountRequest>().Produces(204)
            .Refuses(403, "session_required").Refuses(409, "concurrently_changed", "last_administrator")
            .Refuses(429, "locked_out");
}
