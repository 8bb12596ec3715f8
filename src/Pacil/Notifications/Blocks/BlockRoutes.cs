using Pacil.Workspaces;

namespace Pacil.Notifications.Blocks;

internal static class BlockRoutes
{
    public static void MapBlocks(this IEndpointRouteBuilder app)
    {
        var blocks = app.MapGroup("/api/blocks").WithTags("Blocks").RequireAuthorization();
        blocks.MapGet("", Block.Handle).Produces<List<Block>>();
        blocks.MapPut("/{account:long}", BlockAccount.Put).Produces(204);
        blocks.MapDelete("/{account:long}", BlockAccount.Remove).Produces(204);
        app.MapPost("/settings/blocks/{account:long}/remove", BlockAccount.HandleRemoveForm)
            .RequireAuthorization().ExcludeFromDescription();
    }
}
