using Pacil.Workspaces;

namespace Pacil.Exchange;

internal static class ExchangeRoutes
{
    public static void MapDjango(this IEndpointRouteBuilder workspace)
    {
        foreach (var (name, format) in new[] { ("json", DjangoFormat.Json), ("xml", DjangoFormat.Xml) })
        {
            var group = workspace.MapGroup($"/{name}").WithTags("Exchange");
            group.MapGet("", (CurrentWorkspace current, HttpContext context) =>
                ExportDjango.All(current, context, format)).Produces(200, null, format.ContentType);
            group.MapGet("/{id:long}", (long id, CurrentWorkspace current, HttpContext context) =>
                ExportDjango.One(id, current, context, format)).Produces(200, null, format.ContentType);
        }
    }

    public static void MapMyData(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/me/data", ExportMine.Handle).RequireAuthorization().WithTags("Exchange")
            .Produces(200, null, "application/json");
}
