using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Stock;

internal static class MovementRoutes
{
    public static void MapMovements(this IEndpointRouteBuilder workspace)
    {
        var movements = workspace.MapGroup("/items/{id:long}/movements").WithTags("Stock").WithParameters(
            Parameter.Id("id", "An item."), Parameter.Id("movement", "A movement of the item."));
        movements.MapPost("", (RequestFields fields, long id, CurrentWorkspace workspace) =>
            MoveStock.Handle(fields, id, workspace, MoveStock.Request.Read(fields)))
            .WithOperation("moveStock", "Take or receive stock of an item.")
            .Accepts<MovementBody>().Produces<Movement>(201)
            .Refuses(409, "archived", "insufficient_stock", "too_many_pieces");
        movements.MapGet("", ListMovements.Handle)
            .WithOperation("listMovements", "List the movements of an item, newest first.")
            .WithParameters(Paging.Asked).Produces<List<Movement>>();
        movements.MapGet("/{movement:long}", ListMovements.HandleOne)
            .WithOperation("readMovement", "Read a movement.")
            .WithParameters(Versions.AskedKnown).Produces<Movement>().Produces(304);
    }
}
