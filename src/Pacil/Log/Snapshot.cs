using Pacil.Data;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// A page of a list and the head of its feed, read by one statement. A client that follows the feed from this head
/// misses no change of the list and gets no change twice.
/// </summary>
/// <param name="Next">The position after which the next page begins. Null for the last page.</param>
internal sealed record Snapshot<T>(List<T> Rows, Paging.Position? Next, FeedHead Head)
{
    /// <param name="found">
    /// The result of the statement: each row of the list together with the head. One row more than the limit of the
    /// page shows that there is a next page. The result of an empty list is a single head without a row. The result is
    /// empty if the caller may not see the list.
    /// </param>
    /// <param name="place">
    /// Returns the position of a row. The next page begins after the position of this page's last row.
    /// </param>
    /// <returns>Null if the caller may not see the list.</returns>
    public static Snapshot<T>? Of(
        List<(FeedHead Head, T? Row)> found, Paging page, Func<T, Paging.Position> place)
    {
        if (found.Count == 0) return null;
        var rows = found.Select(one => one.Row).OfType<T>().Take(page.Limit).ToList();
        return new(rows, found.Count > page.Limit ? place(rows[^1]) : null, found[0].Head);
    }

    public string Cursor(Database database) => FeedCursor.At(database.Epoch, Head.Feed, Head.Seq, Head.Mark);

    /// <summary>Sets the headers <c>Link</c> and <c>Feed-Cursor</c>.</summary>
    public void Announce(HttpContext context)
    {
        if (Next is not null) Paging.Link(context, Next);
        context.Response.Headers[FeedCursor.Header] = Cursor(context.RequestServices.GetRequiredService<Database>());
    }
}
