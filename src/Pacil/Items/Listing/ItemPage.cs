using System.Data.Common;
using Pacil.Data;
using Pacil.Log;
using Pacil.Web;

namespace Pacil.Items.Listing;

/// <summary>A page of the item list.</summary>
/// <param name="Next">The sort value and the id of the last item; null if there is no next page.</param>
/// <param name="Feed">The state of the workspace's feed when the list was read.</param>
/// <param name="Stars">The ids of the caller's starred items, such as "3,7"; "" if none, or if not requested.</param>
internal sealed record ItemPage(List<Item> Items, Paging.Position? Next, ItemPage.Snapshot Feed, string Stars)
{
    /// <summary>
    /// The maximum size in bytes of all descriptions on a page, not counting the first one. A page with long
    /// descriptions has fewer items.
    /// </summary>
    public const int BytesMax = 512 * 1024;

    public static ItemPage Of(List<Row> rows, ItemQuery query)
    {
        var (feed, stars) = (rows[0].Feed, rows[0].Stars);
        var hasMore = rows.Count > query.Page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new ItemPage(
            [.. rows.Select(row => row.Item).OfType<Item>()], hasMore ? query.Position(rows[^1]) : null, feed, stars);
    }

    /// <summary>The cursor for following the workspace's feed and, for a list of starred items, the inbox.</summary>
    public string Cursor(string epoch, long workspace)
    {
        var cursor = FeedCursor.At(epoch, workspace, Feed.Head, Feed.Mark);
        return Feed.Inbox is { } inbox ? FeedCursor.With(cursor, inbox) : cursor;
    }

    /// <summary>
    /// The state of the workspace's feed when the list was read: the number of its latest entry, the random number that
    /// is stored with this entry (<c>Mark</c>; it identifies the entry in a cursor), and the workspace's counts.
    /// </summary>
    /// <param name="Inbox">The latest entry of the caller's inbox; null unless only starred items are listed.</param>
    internal sealed record Snapshot(long Head, int Mark, Counts Counts, FeedHead? Inbox);

    /// <summary>A row of the query: an item and the feed's state. An empty list has one row, without an item.</summary>
    internal sealed record Row(Snapshot Feed, Item? Item, string NameKey, string Stars)
    {
        private const int ItemAt = 5;
        private const int StarsAt = ItemAt + Item.ColumnCount + 1;

        public static Row Read(DbDataReader reader)
        {
            var counts = new Counts(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            // The optional columns come last: first the stars, then the three columns of the inbox.
            var more = reader.FieldCount - StarsAt;
            var inbox = more < FeedHead.ColumnCount
                ? null : FeedHead.Read(reader, reader.FieldCount - FeedHead.ColumnCount);
            var feed = new Snapshot(reader.GetInt64(0), reader.GetInt32(1), counts, inbox);
            var hasStars = more % FeedHead.ColumnCount == 1 && !reader.IsDBNull(StarsAt);
            var stars = hasStars ? reader.GetString(StarsAt) : "";
            return reader.IsDBNull(ItemAt)
                ? new Row(feed, null, "", stars)
                : new Row(feed, Item.Read(reader, ItemAt), reader.GetString(ItemAt + Item.ColumnCount), stars);
        }
    }
}
