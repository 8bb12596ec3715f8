using Pacil.Items;
using Pacil.Web;
using Pacil.Web.RateLimits;

namespace Pacil.Search;

internal static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder workspace)
    {
        var search = workspace.MapGroup("").WithTags("Search").RequireRateLimiting(Limits.Search);
        search.MapGet("/search", SearchItems.Handle).WithOperation("searchItems", "Search the items, best first.")
            .WithParameters(SearchItems.Asked).Produces<List<Item>>();
        search.MapGet("/autocomplete", Autocomplete.Handle)
            .WithOperation("suggestNames", "Suggest up to five names of items, from two characters on.")
            .WithParameters(SearchItems.AskedText).Produces<Suggestions>();
    }
}
