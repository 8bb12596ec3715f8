using Pacil.Identity.Erasure;
using Pacil.Items.Bulk;
using Pacil.Items.Listing;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Requests;
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
        var items = workspace.MapGroup("/items").WithTags("Items").WithParameters(Parameter.Id("id", "An item."));
        items.MapGet("", ListItems.Handle).WithOperation("listItems", "List the items.")
            .WithParameters(ItemQuery.Asked).Produces<List<Item>>();
        items.MapPost("", CreateItem.Handle).WithOperation("createItem", "Create an item.")
            .Accepts<ItemBody>().Produces<Item>(201).Refuses(409, "too_many_pieces");
        items.MapPost("/bulk", BulkItems.Handle)
            .WithOperation("changeItems", "Change many items in one write, or preview what that would do.")
            .WithParameters(Idempotency.Asked).Accepts<BulkBody>().Produces<BulkAnswer>()
            .Refuses(409, "bulk_refused", "nothing_matches", "other_items", "too_many_items", "too_many_pieces");
        items.MapGet("/{id:long}", ReadItem.Handle).WithOperation("readItem", "Read an item.")
            .WithParameters(Versions.AskedKnown).Produces<Item>().Produces(304);
        items.MapPut("/{id:long}", ChangeItem.Replace)
            .WithOperation("replaceItem", "Replace an item. What the body leaves out is cleared.")
            .WithParameters(Versions.Asked).Accepts<ItemBody>().Produces<Item>()
            .Refuses(409, "archived", "insufficient_stock", "too_many_pieces").Refuses(428, "version_required");
        items.MapPatch("/{id:long}", ChangeItem.Patch).WithOperation("changeItem", "Change what the body names.")
            .WithParameters(Versions.Asked).Accepts<ItemPatch>().Produces<Item>()
            .Refuses(409, "archived", "insufficient_stock", "too_many_pieces").Refuses(428, "version_required");
        items.MapDelete("/{id:long}", ArchiveItem.Handle).WithOperation("archiveItem", "Archive an item.")
            .WithParameters(Versions.Asked).Produces<ArchiveItem.Response>();
        items.MapPost("/{id:long}/restore", ArchiveItem.HandleRestore)
            .WithOperation("restoreItem", "Restore an archived item.")
            .WithParameters(Versions.Asked).Produces<Item>().Refuses(409, "too_many_pieces");
        items.MapPut("/{id:long}/star", StarItem.Put).WithOperation("starItem", "Star an item, for yourself.")
            .Produces<Star>().Refuses(409, "too_many_stars");
        items.MapDelete("/{id:long}/star", StarItem.Remove).WithOperation("unstarItem", "Remove your star.")
            .Produces<Star>();
    }
}
