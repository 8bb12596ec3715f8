using Pacil.Data;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// A page of a list, and the end of the feed that tells how the list goes on, both from one statement: who follows
/// from there misses nothing and hears nothing twice.
/// </summary>
/// <param name="Next">Where the page ends, if there is more.</param>
internal sealed record Snapshot<T>(List<T> Rows, Paging.Position? Next, FeedLog.Head Head)
{
    /// <param name="found">
    /// Each row beside the head, one more than the page holds where there is more; one without a row where the list
    /// is empty, none where it is not to be seen.
    /// </param>
    /// <returns>Null where it is not to be seen.</returns>
    public static Snapshot<T>? Of(
        List<(FeedLog.Head Head, T? Row)> found, Paging page, Func<T, Paging.Position> place)
    {
        if (found.Count == 0) return null;
        var rows = found.Select(one => one.Row).OfType<T>().Take(page.Limit).ToList();
        return new(rows, found.Count > page.Limit ? place(rows[^1]) : null, found[0].Head);
    }

    /// <summary>From where to follow on.</summary>
    public string Cursor(Database database) => FeedCursor.At(database.Epoch, Head.Feed, Head.Seq, Head.Mark);

    /// <summary>Says so in the answer: <c>Link</c> and <c>Feed-Cursor</c>.</summary>
    public void Announce(HttpContext context)
    {
        if (Next is not null) Paging.Link(context, Next);
        context.Response.Headers[FeedCursor.Header] = Cursor(context.RequestServices.GetRequiredService<Database>());
    }
}
