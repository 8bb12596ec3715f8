using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items.Listing;

internal static class ListItems
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, Database database)
    {
        var query = ItemQuery.Of(context.Request);
        var page = await workspace.Read(connection => query.Run(connection, workspace));
        if (page is null) return Problem.NotFound;
        if (page.Next is not null) Paging.Link(context, page.Next);
        context.Response.Headers[FeedCursor.Header] = page.Cursor(database.Epoch, workspace.Id);
        return ApiResponse.Ok(page.Items, ItemsJson.Default.ListItem);
    }
}
