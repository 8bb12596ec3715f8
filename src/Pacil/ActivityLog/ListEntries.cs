using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>The endpoint that lists the log of a workspace, newest entry first.</summary>
internal static class ListEntries
{
    public static Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, Database database) =>
        Answer(EntryQuery.Of(context.Request), workspace, context, database);

    /// <summary>Responds with the entries of a query, and the headers <c>Link</c> and <c>Feed-Cursor</c>.</summary>
    public static async Task<IResult> Answer(
        EntryQuery query, CurrentWorkspace workspace, HttpContext context, Database database)
    {
        var page = await workspace.Read(connection => query.Run(connection, workspace));
        if (page is null) return Problem.NotFound;
        if (page.Next is not null) Paging.Link(context, page.Next);
        context.Response.Headers[FeedCursor.Header] =
            FeedCursor.At(database.Epoch, workspace.Id, page.Head, page.Mark);
        return new ApiResponse(StatusCodes.Status200OK, EntryJson.Array(page.Entries));
    }
}
