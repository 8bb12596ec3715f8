using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Log;

/// <summary>A page of a workspace's log.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the page ends; null if it is the last one.</param>
/// <param name="Head">The number of the feed's latest entry when the page was read; <c>Mark</c> is its mark.</param>
internal sealed record LogPage(
    List<LoggedEntry> Entries, Paging.Position? Next, long Head, int Mark, Role Role)
{
    /// <param name="rows">At least one (see LoggedEntry); one more than the page holds if there is more.</param>
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
