using System.Globalization;
using System.Text;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// A cursor: one position in each of several feeds. Clients treat it as an opaque string. It consists of the database's
/// epoch and, for each feed, the number and the random mark of the last entry that the client has read:
/// <c>epoch.feed-seq-mark.feed-seq-mark</c>. After a restore, a new entry may get the same number as a lost entry, but
/// its mark differs.
/// </summary>
/// <param name="Epoch">The database's epoch. Empty for the cursor <c>start</c>, which is valid in every epoch.</param>
/// <param name="Places">
/// The position in each feed (the number and the mark of the last entry read), by feed id. A feed without a position is
/// followed from its head, or, if the cursor is <c>start</c>, from its first entry.
/// </param>
internal sealed record FeedCursor(string Epoch, IReadOnlyDictionary<long, (long Seq, int Mark)> Places)
{
    /// <summary>
    /// The response header of every list. It contains the cursor from which a client follows the feed after it has read
    /// the list.
    /// </summary>
    public const string Header = "Feed-Cursor";

    public const string Start = "start";

    /// <summary>
    /// The epoch of a cursor that is merged from cursors of different histories. No database has this epoch.
    /// </summary>
    private const string Mixed = "0";
    private const int LengthMax = 4096;

    public static string At(string epoch, long feed, long seq, int mark)
    {
        Span<byte> text = stackalloc byte[128];
        var length = Encoding.UTF8.GetBytes(epoch, text);
        length += Append(text[length..], feed, seq, mark);
        return Encoding.UTF8.GetString(text[..length]);
    }

    /// <summary>Adds the head of another feed to a cursor.</summary>
    public static string With(string cursor, FeedHead head) => cursor + At("", head.Feed, head.Seq, head.Mark);

    /// <summary>Writes <c>.feed-seq-mark</c> to a buffer, at most 50 bytes, and returns the number of bytes.</summary>
    public static int Append(Span<byte> text, long feed, long seq, int mark)
    {
        System.Text.Unicode.Utf8.TryWrite(
            text, CultureInfo.InvariantCulture, $".{feed}-{seq}-{mark:x8}", out var written);
        return written;
    }

    /// <summary>
    /// Merges several cursors into one. If two cursors have different positions in the same feed, the earlier position
    /// is used. If the cursors come from different histories, the merged cursor has an epoch that no database has.
    /// </summary>
    /// <returns>Null if there is no cursor. The client then follows the feeds from their heads.</returns>
    /// <exception cref="ProblemException">400: one of the strings is not a cursor.</exception>
    public static FeedCursor? Merge(IEnumerable<string?> texts)
    {
        var cursors = texts.OfType<string>().Select(Parse).ToList();
        if (cursors.Count < 2) return cursors.FirstOrDefault();
        var isStart = cursors.Exists(cursor => cursor.IsStart);
        var places = cursors.SelectMany(cursor => cursor.Places).GroupBy(place => place.Key)
            .ToDictionary(feed => feed.Key, feed => isStart ? default : feed.Min(place => place.Value));
        if (isStart) return new FeedCursor("", places);
        // Cursors come from different histories if their epochs differ, or if they have different marks for the same
        // entry number of a feed. Such cursors cannot all be valid in this database.
        var epochs = cursors.Select(cursor => cursor.Epoch).Distinct().ToList();
        var seen = cursors.SelectMany(cursor => cursor.Places).Distinct().ToList();
        var isOne = epochs is [_] && seen.DistinctBy(place => (place.Key, place.Value.Seq)).Count() == seen.Count;
        return new FeedCursor(isOne ? epochs[0] : Mixed, places);
    }

    public bool IsStart => Epoch.Length == 0;

    /// <summary>
    /// The position from which to follow a feed. If it is null, the client follows the feed from its head.
    /// </summary>
    public (long Seq, int Mark)? From(long feed) =>
        Places.TryGetValue(feed, out var place) ? place : IsStart ? (0, 0) : null;

    public override string ToString() =>
        Epoch + string.Concat(Places.Select(place => At("", place.Key, place.Value.Seq, place.Value.Mark)));

    private static FeedCursor Parse(string text)
    {
        if (text == Start) return new FeedCursor("", new Dictionary<long, (long, int)>());
        var parts = text.Split('.');
        if (text.Length > LengthMax || parts.Length < 2 || parts[0].Length is 0 or > 32) throw Bad();
        var places = new Dictionary<long, (long, int)>();
        foreach (var part in parts.Skip(1))
        {
            var fields = part.Split('-');
            if (fields.Length != 3
                || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var feed)
                || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
                || fields[2].Length != 8
                || !int.TryParse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mark)
                || !places.TryAdd(feed, (seq, mark)))
                throw Bad();
        }
        return new FeedCursor(parts[0], places);
    }

    private static ProblemException Bad() => new(new Problem(StatusCodes.Status400BadRequest, "bad_cursor"));
}
