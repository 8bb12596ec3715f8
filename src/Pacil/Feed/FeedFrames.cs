using System.Globalization;
using System.Text;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>What a stream says besides entries: <c>hello</c>, <c>reset</c>, <c>gone</c>, <c>close</c>.</summary>
internal static class FeedFrames
{
    /// <summary>Where the subscriber is, where the feeds end, who is here, and the server's time.</summary>
    public static byte[] Hello(string cursor, FeedSubscriber subscriber, DateTime now)
    {
        var here = subscriber.Here();
        return Json.Object(json =>
        {
            json.WriteString("cursor", cursor);
            json.WriteStartObject("heads");
            foreach (var place in subscriber.Places)
                json.WriteNumber(
                    place.Ring.IsInbox ? "inbox" : place.Ring.Feed.ToString(CultureInfo.InvariantCulture),
                    Math.Max(place.Ring.Head, place.Seq));
            json.WriteEndObject();
            json.WriteStartArray("here");
            foreach (var crowd in here) json.WriteRawValue(crowd, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteString("time", UtcMilliseconds.Text(now));
        });
    }

    /// <summary>Clients must reload what they show of these workspaces; the feed goes on from their heads.</summary>
    public static byte[] Reset(string reason, IEnumerable<long> workspaces) => Json.Object(json =>
    {
        json.WriteString("reason", reason);
        json.WriteStartArray("workspaces");
        foreach (var workspace in workspaces) json.WriteNumberValue(workspace);
        json.WriteEndArray();
    });

    /// <summary>The caller is no member of it any more.</summary>
    public static byte[] Gone(long workspace) => Json.Object(json => json.WriteNumber("workspace", workspace));

    /// <summary>Why the server ends the stream: <c>stopping</c>, <c>signed_out</c>, <c>gone</c>.</summary>
    public static byte[] Close(string reason) => Json.Object(json => json.WriteString("reason", reason));

    public static byte[] Time(DateTime now) => Json.Object(json => json.WriteString("time", UtcMilliseconds.Text(now)));

    /// <summary>The cursor of all its places.</summary>
    public static string Cursor(string epoch, FeedSubscriber subscriber)
    {
        Span<byte> text = stackalloc byte[CursorLength(subscriber)];
        return Encoding.UTF8.GetString(text[..Cursor(text, epoch, subscriber)]);
    }

    /// <summary>The most bytes that it may take.</summary>
    public static int CursorLength(FeedSubscriber subscriber) => 32 + 50 * subscriber.Places.Count;

    /// <returns>How many bytes it wrote.</returns>
    public static int Cursor(Span<byte> text, string epoch, FeedSubscriber subscriber)
    {
        var length = Encoding.UTF8.GetBytes(epoch, text);
        for (var i = 0; i < subscriber.Places.Count; i++)
        {
            var place = subscriber.Places[i];
            length += FeedCursor.Append(text[length..], place.Ring.Feed, place.Seq, place.Mark);
        }
        return length;
    }
}
