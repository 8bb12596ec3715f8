using Pacil.Data;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// A page of a list and the head of its feed, from one statement: a client that follows from there misses nothing and
/// gets nothing twice.
/// </summary>
/// <param name="Next">Where the page ends; null if it is the last one.</param>
internal sealed record Snapshot<T>(List<T> Rows, Paging.Position? Next, FeedLog.Head Head)
{
    /// <param name="found">
    /// Each row with the head; one more than the page holds if there is a next page. An empty list is one head without
    /// a row; a list that the caller may not see is empty.
    /// </param>
    /// <returns>Null if the caller may not see the list.</returns>
    public static Snapshot<T>? Of(
        List<(FeedLog.Head Head, T? Row)> found, Paging page, Func<T, Paging.Position> place)
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
