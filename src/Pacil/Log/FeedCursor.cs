using System.Globalization;
using System.Text;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// Positions in feeds, opaque to clients: the database's epoch, and for each feed a number with the random mark of the
/// entry there: <c>epoch.feed-seq-mark.feed-seq-mark</c>. A restored backup may use a number again, but not with that
/// mark.
/// </summary>
/// <param name="Epoch">Empty for <c>start</c>, which fits any history.</param>
/// <param name="Places">By feed. A missing feed starts at its head; for <c>start</c>, at its first entry.</param>
internal sealed record FeedCursor(string Epoch, IReadOnlyDictionary<long, (long Seq, int Mark)> Places)
{
    /// <summary>The header of every list: the position of the snapshot it shows, from which to follow on.</summary>
    public const string Header = "Feed-Cursor";

    public const string Start = "start";

    /// <summary>An epoch that no database has, for positions that cannot come from one history.</summary>
    private const string Mixed = "0";
    private const int LengthMax = 4096;

    public static string At(string epoch, long feed, long seq, int mark)
    {
        Span<byte> text = stackalloc byte[128];
        var length = Encoding.UTF8.GetBytes(epoch, text);
        length += Append(text[length..], feed, seq, mark);
        return Encoding.UTF8.GetString(text[..length]);
    }

    /// <summary>Adds the position of another feed.</summary>
    public static string With(string cursor, FeedLog.Head head) => cursor + At("", head.Feed, head.Seq, head.Mark);

    /// <summary>Writes <c>.feed-seq-mark</c>, at most 50 bytes, and returns its length.</summary>
    public static int Append(Span<byte> text, long feed, long seq, int mark)
    {
        System.Text.Unicode.Utf8.TryWrite(
            text, CultureInfo.InvariantCulture, $".{feed}-{seq}-{mark:x8}", out var written);
        return written;
    }

    /// <summary>
    /// Merges cursors. Of two positions in one feed, the earlier wins. Two marks at one number come from two histories.
    /// </summary>
    /// <returns>Null if there is no cursor: follow from now on.</returns>
    /// <exception cref="ProblemException">400 for a text that is not a cursor.</exception>
    public static FeedCursor? Merge(IEnumerable<string?> texts)
    {
        var cursors = texts.OfType<string>().Select(Parse).ToList();
        if (cursors.Count < 2) return cursors.FirstOrDefault();
        var isStart = cursors.Exists(cursor => cursor.IsStart);
        var places = cursors.SelectMany(cursor => cursor.Places).GroupBy(place => place.Key)
            .ToDictionary(feed => feed.Key, feed => isStart ? default : feed.Min(place => place.Value));
        if (isStart) return new FeedCursor("", places);
        // Positions from two histories cannot both belong to this database.
        var epochs = cursors.Select(cursor => cursor.Epoch).Distinct().ToList();
        var seen = cursors.SelectMany(cursor => cursor.Places).Distinct().ToList();
        var isOne = epochs is [_] && seen.DistinctBy(place => (place.Key, place.Value.Seq)).Count() == seen.Count;
        return new FeedCursor(isOne ? epochs[0] : Mixed, places);
    }

    public bool IsStart => Epoch.Length == 0;

    /// <summary>Where to start in one feed; null: from now on.</summary>
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
