using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>A page of entries from a workspace's log.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">The position after which the next page begins. Null for the last page.</param>
/// <param name="Head">The number of the feed's latest entry when the page was read.</param>
/// <param name="Mark">The mark (random number) of the feed's latest entry when the page was read.</param>
internal sealed record LogPage(
    List<LoggedEntry> Entries, Paging.Position? Next, long Head, int Mark, Role Role)
{
    /// <param name="rows">
    /// At least one row. If the page is empty, there is a single row with <c>Seq</c> 0. If there is a next page, there
    /// is one row more than the limit of the page.
    /// </param>
    public static LogPage Of(List<LoggedEntry> rows, Paging page)
    {
        var first = rows[0];
        var next = rows.Count > page.Limit
            ? new Paging.Position(EntryQuery.Sort, null, rows[page.Limit - 1].Seq)
            : null;
        return new LogPage(
            [.. rows.Where(row => row.Seq > 0).Take(page.Limit)], next, first.FeedHead, first.FeedMark, first.Role);
    }
}
