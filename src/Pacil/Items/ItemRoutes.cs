using Pacil.Identity.Erasure;
using Pacil.Items.Bulk;
using Pacil.Items.Listing;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items;

internal static class ItemRoutes
{
    public static void AddItems(this IServiceCollection services)
    {
        services.AddSingleton(ReadItem.Place);
        services.AddSingleton<NewWorkspaceStep>(Balances.AddDefaultPlace);
        services.AddSingleton<ErasureStep>(StarItem.Erase);
        services.AddHostedService<RefoldItems>();
    }

    public static void MapItems(this IEndpointRouteBuilder workspace)
    {
        var items = workspace.MapGroup("/items").WithTags("Items");
        items.MapGet("", ListItems.Handle).WithParameters(ItemQuery.Asked).Produces<List<Item>>();
        items.MapPost("", CreateItem.Handle).Accepts<ItemBody>().Produces<Item>(201);
        items.MapPost("/bulk", BulkItems.Handle).Accepts<BulkBody>().Produces<BulkItems.Done>();
        items.MapGet("/{id:long}", ReadItem.Handle).Produces<Item>();
        items.MapPut("/{id:long}", ChangeItem.Replace).WithParameters(Versions.Asked).Accepts<ItemBody>()
            .Produces<Item>();
        items.MapPatch("/{id:long}", ChangeItem.Patch).WithParameters(Versions.Asked).Accepts<ItemBody>()
            .Produces<Item>();
        items.MapDelete("/{id:long}", ArchiveItem.Handle).WithParameters(Versions.Asked)
            .Produces<ArchiveItem.Response>();
        items.MapPost("/{id:long}/restore", ArchiveItem.HandleRestore).WithParameters(Versions.Asked).Produces<Item>();
        items.MapPut("/{id:long}/star", StarItem.Put).Produces<Star>();
        items.MapDelete("/{id:long}/star", StarItem.Remove).Produces<Star>();
    }
}
