using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Notifications.Blocks;

internal static class BlockRoutes
{
    public static void MapBlocks(this IEndpointRouteBuilder app)
    {
        var blocks = app.MapGroup("/api/blocks").WithTags("Blocks").RequireAuthorization()
            .WithParameters(Parameter.Id("account", "The other account."));
        blocks.MapGet("", Block.Handle).WithOperation("listBlocks", "List the accounts that you block.")
            .Produces<List<Block>>();
        blocks.MapPut("/{account:long}", BlockAccount.Put).WithOperation("blockAccount", "Block an account.")
            .Produces(204).Refuses(409, "too_many_blocks");
        blocks.MapDelete("/{account:long}", BlockAccount.Remove).WithOperation("unblockAccount", "Unblock an account.")
            .Produces(204);
        app.MapPost("/settings/blocks/{account:long}/remove", BlockAccount.HandleRemoveForm)
            .RequireAuthorization().ExcludeFromDescription();
    }
}
