using System.Data.Common;

namespace Pacil.Log;

/// <summary>The number of a feed's latest entry, and the mark (random number) of that entry.</summary>
internal sealed record FeedHead
{
    /// <summary>The columns of a head, for a SELECT from <c>feed</c>.</summary>
    public const string Columns = "feed.id as feed, feed.head as seq, feed.mark";

    public const int ColumnCount = 3;

    public required long Feed { get; init; }
    public required long Seq { get; init; }
    public required int Mark { get; init; }

    public static FeedHead Read(DbDataReader row, int at = 0) =>
        new() { Feed = row.GetInt64(at), Seq = row.GetInt64(at + 1), Mark = row.GetInt32(at + 2) };
}
