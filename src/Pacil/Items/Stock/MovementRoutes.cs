using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Stock;

internal static class MovementRoutes
{
    public static void MapMovements(this IEndpointRouteBuilder workspace)
    {
        var movements = workspace.MapGroup("/items/{id:long}/movements").WithTags("Stock");
        movements.MapPost("", (RequestFields fields, long id, CurrentWorkspace workspace) =>
            MoveStock.Handle(fields, id, workspace, MoveStock.Request.Read(fields)))
            .Accepts<MoveStock.Request>().Produces<Movement>(201);
        movements.MapGet("", ListMovements.Handle).WithParameters(Paging.Asked).Produces<List<Movement>>();
        movements.MapGet("/{movement:long}", ListMovements.HandleOne).Produces<Movement>();
    }
}
