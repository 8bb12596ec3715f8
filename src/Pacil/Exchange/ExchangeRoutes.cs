using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Exchange;

internal static class ExchangeRoutes
{
    public static void MapDjango(this IEndpointRouteBuilder workspace)
    {
        foreach (var (name, format, answer) in new[]
        {
            ("Json", DjangoFormat.Json, typeof(List<DjangoItem>)), ("Xml", DjangoFormat.Xml, typeof(string)),
        })
        {
            var group = workspace.MapGroup($"/{name.ToLowerInvariant()}").WithTags("Exchange")
                .WithParameters(Parameter.Id("id", "An item."));
            group.MapGet("", (CurrentWorkspace current, HttpContext context) =>
                ExportDjango.All(current, context, format))
                .WithOperation($"exportItemsAs{name}", "Export the items as Django's serializers write them.")
                .Produces(200, answer, format.ContentType);
            group.MapGet("/{id:long}", (long id, CurrentWorkspace current, HttpContext context) =>
                ExportDjango.One(id, current, context, format))
                .WithOperation($"exportItemAs{name}", "Export one item; an empty list if there is no such item.")
                .Produces(200, answer, format.ContentType);
        }
    }

    public static void MapMyData(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/me/data", ExportMine.Handle).WithOperation("exportMyData", "Export all your own data.")
            .RequireAuthorization().WithTags("Exchange").Produces<MyData>();
}
