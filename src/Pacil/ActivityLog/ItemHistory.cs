using Pacil.Data;
using Pacil.Items;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>Lists the log entries of an item, newest first.</summary>
internal static class ItemHistory
{
    public static async Task<IResult> Handle(
        long id, CurrentWorkspace workspace, HttpContext context, Database database)
    {
        var query = EntryQuery.Of(context.Request, id);
        var item = await workspace.Read(connection => ReadItem.Query(connection, workspace, id));
        return item is null ? Problem.NotFound : await ListEntries.Answer(query, workspace, context, database);
    }
}
