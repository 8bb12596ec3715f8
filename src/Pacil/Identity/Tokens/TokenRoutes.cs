using Pacil.Identity.Sessions;
using Pacil.Web;

namespace Pacil.Identity.Tokens;

internal static class TokenRoutes
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("Tokens").RequireAuthorization().GivesAccess().NotInABatch();
        tokens.MapGet("", ListTokens.Handle).Produces<List<Token>>();
        tokens.MapPost("", CreateToken.Handle).Accepts<NewToken>().Produces<CreatedToken>(201);
        tokens.MapDelete("/{id:long}", RevokeToken.Handle).Produces(204);
        app.MapPost("/settings/tokens/{id:long}/revoke", RevokeToken.HandleForm)
            .RequireAuthorization().GivesAccess().ExcludeFromDescription();
    }
}
