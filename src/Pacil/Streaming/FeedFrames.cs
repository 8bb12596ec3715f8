using System.Globalization;
using System.Text;
using Pacil.Log;
using Pacil.Web;

namespace Pacil.Streaming;

/// <summary>Encodes cursors, and the data of the frames hello, reset, gone, close and heartbeat.</summary>
internal static class FeedFrames
{
    /// <summary>
    /// The data of the frame <c>hello</c>: the client's cursor, the head of each feed, the users present, and the
    /// server's time.
    /// </summary>
    public static byte[] Hello(string cursor, FeedSubscriber subscriber, DateTime now)
    {
        var here = subscriber.Here();
        return Json.Object(json =>
        {
            json.WriteString("cursor", cursor);
            json.WriteStartObject("heads");
            foreach (var place in subscriber.Positions)
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

    /// <summary>
    /// The data of the frame that tells the client to reload all data of these workspaces. The stream continues with
    /// the entries that are committed later.
    /// </summary>
    public static byte[] Reset(string reason, IEnumerable<long> workspaces) => Json.Object(json =>
    {
        json.WriteString("reason", reason);
        json.WriteStartArray("workspaces");
        foreach (var workspace in workspaces) json.WriteNumberValue(workspace);
        json.WriteEndArray();
    });

    public static byte[] Gone(long workspace) => Json.Object(json => json.WriteNumber("workspace", workspace));

    /// <param name="reason"><c>stopping</c>, <c>signed_out</c>, <c>gone</c> or <c>unavailable</c>.</param>
    public static byte[] Close(string reason) => Json.Object(json => json.WriteString("reason", reason));

    public static byte[] Time(DateTime now) => Json.Object(json => json.WriteString("time", UtcMilliseconds.Text(now)));

    public static string Cursor(string epoch, FeedSubscriber subscriber)
    {
        Span<byte> text = stackalloc byte[CursorLength(subscriber)];
        return Encoding.UTF8.GetString(text[..Cursor(text, epoch, subscriber)]);
    }

    /// <summary>The maximum length of the subscriber's cursor in bytes.</summary>
    public static int CursorLength(FeedSubscriber subscriber) => 32 + 50 * subscriber.Positions.Count;

    public static int Cursor(Span<byte> text, string epoch, FeedSubscriber subscriber)
    {
        var length = Encoding.UTF8.GetBytes(epoch, text);
        for (var i = 0; i < subscriber.Positions.Count; i++)
        {
            var place = subscriber.Positions[i];
            length += FeedCursor.Append(text[length..], place.Ring.Feed, place.Seq, place.Mark);
        }
        return length;
    }
}
