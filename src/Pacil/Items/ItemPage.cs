using System.Data.Common;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>A page of a list.</summary>
/// <param name="Next">Where it ends, if there is more.</param>
/// <param name="Feed">What it shows of the feed.</param>
/// <param name="Stars">"3,7": which items of the workspace have the caller's star, where it was asked.</param>
internal sealed record ItemPage(List<Item> Items, Paging.Position? Next, ItemPage.Snapshot Feed, string Stars)
{
    /// <summary>What the descriptions on a page may take, beside the first; of long ones it has fewer.</summary>
    public const int BytesMax = 512 * 1024;

    public static ItemPage Of(List<Row> rows, ItemQuery query)
    {
        var (feed, stars) = (rows[0].Feed, rows[0].Stars);
        var hasMore = rows.Count > query.Page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new ItemPage(
            [.. rows.Select(row => row.Item).OfType<Item>()], hasMore ? query.Position(rows[^1]) : null, feed, stars);
    }

    /// <summary>From where to follow on: a list of what one has starred in one's inbox, too.</summary>
    public string Cursor(string epoch, long workspace)
    {
        var cursor = FeedCursor.At(epoch, workspace, Feed.Head, Feed.Mark);
        return Feed.Inbox is { } inbox ? FeedCursor.With(cursor, inbox) : cursor;
    }

    /// <summary>The feed when the list was read: its latest number, that entry's mark, and the counts.</summary>
    /// <param name="Inbox">Where the caller's own feed was; null where the list does not depend on it.</param>
    internal sealed record Snapshot(long Head, int Mark, Counts Counts, FeedLog.Head? Inbox);

    /// <summary>A row of the list beside the position of its feed; of an empty list, that position alone.</summary>
    internal sealed record Row(Snapshot Feed, Item? Item, string NameKey, string Stars)
    {
        private const int ItemAt = 5;
        private const int StarsAt = ItemAt + Item.ColumnCount + 1;

        public static Row Read(DbDataReader reader)
        {
            var counts = new Counts(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            // What is not in every list comes last: the stars, and then the place of the inbox.
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
