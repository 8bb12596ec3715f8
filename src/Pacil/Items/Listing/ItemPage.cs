using System.Data.Common;
using Pacil.Data;
using Pacil.Log;
using Pacil.Web;

namespace Pacil.Items.Listing;

/// <summary>A page of a list.</summary>
/// <param name="Next">Where it ends; null if there is no more.</param>
/// <param name="Feed">The feed when the list was read.</param>
/// <param name="Stars">"3,7": the workspace's items with the caller's star; "" if nobody asked.</param>
internal sealed record ItemPage(List<Item> Items, Paging.Position? Next, ItemPage.Snapshot Feed, string Stars)
{
    /// <summary>Limit for the descriptions on a page, without the first. A page of long ones has fewer items.</summary>
    public const int BytesMax = 512 * 1024;

    public static ItemPage Of(List<Row> rows, ItemQuery query)
    {
        var (feed, stars) = (rows[0].Feed, rows[0].Stars);
        var hasMore = rows.Count > query.Page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new ItemPage(
            [.. rows.Select(row => row.Item).OfType<Item>()], hasMore ? query.Position(rows[^1]) : null, feed, stars);
    }

    /// <summary>Where to begin to follow the workspace and, for a list of stars, the inbox.</summary>
    public string Cursor(string epoch, long workspace)
    {
        var cursor = FeedCursor.At(epoch, workspace, Feed.Head, Feed.Mark);
        return Feed.Inbox is { } inbox ? FeedCursor.With(cursor, inbox) : cursor;
    }

    /// <summary>The feed when the list was read: its head, that entry's mark, and the counts.</summary>
    /// <param name="Inbox">The position of the caller's inbox; null if the list does not depend on it.</param>
    internal sealed record Snapshot(long Head, int Mark, Counts Counts, FeedLog.Head? Inbox);

    /// <summary>An item with the position of the feed; for an empty list, the position alone.</summary>
    internal sealed record Row(Snapshot Feed, Item? Item, string NameKey, string Stars)
    {
        private const int ItemAt = 5;
        private const int StarsAt = ItemAt + Item.ColumnCount + 1;

        public static Row Read(DbDataReader reader)
        {
            var counts = new Counts(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            // The columns that not every list has come last: first the stars, then the position of the inbox.
            var more = reader.FieldCount - StarsAt;
            var inbox = more < FeedLog.Head.ColumnCount
                ? null : FeedLog.Head.Read(reader, reader.FieldCount - FeedLog.Head.ColumnCount);
            var feed = new Snapshot(reader.GetInt64(0), reader.GetInt32(1), counts, inbox);
            var hasStars = more % FeedLog.Head.ColumnCount == 1 && !reader.IsDBNull(StarsAt);
            var stars = hasStars ? reader.GetString(StarsAt) : "";
            return reader.IsDBNull(ItemAt)
                ? new Row(feed, null, "", stars)
                : new Row(feed, Item.Read(reader, ItemAt), reader.GetString(ItemAt + Item.ColumnCount), stars);
        }
    }
}
