using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Identity.Tokens;

internal static class TokenRoutes
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("Tokens").RequireAuthorization().GivesAccess().NotInABatch();
        tokens.MapGet("", ListTokens.Handle).WithOperation("listTokens", "List your tokens.").Produces<List<Token>>();
        tokens.MapPost("", CreateToken.Handle).WithOperation("createToken", "Create a token for a program.")
            .Accepts<NewToken>().Produces<CreatedToken>(201).Refuses(409, "too_many_tokens");
        tokens.MapDelete("/{id:long}", RevokeToken.Handle).WithOperation("revokeToken", "Revoke a token.")
            .WithParameters(Parameter.Id("id", "A token of yours.")).Produces(204);
        app.MapPost("/settings/tokens/{id:long}/revoke", RevokeToken.HandleForm)
            .RequireAuthorization().GivesAccess().ExcludeFromDescription();
    }
}
