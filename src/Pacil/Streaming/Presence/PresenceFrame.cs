using System.Text.Json;
using Pacil.Web;

namespace Pacil.Streaming.Presence;

/// <summary>A frame about who is here, encoded once for all subscribers; never stored.</summary>
/// <param name="Number">Counts the frames of one workspace in one process.</param>
/// <param name="Except">The account that does not get the frame.</param>
internal sealed record PresenceFrame(long Number, string Name, byte[] Data, long Except)
{
    public const int HereBytesMax = 128 * 1024;

    /// <summary>The most names at one location; the count includes everybody.</summary>
    private const int NamesMax = 100;

    /// <summary>The most bytes of a location without names.</summary>
    private const int PlaceBytesMax = 100;

    public static byte[] Moved(PresenceLocation location, int count) => Json.Object(json =>
    {
        Write(json, location);
        json.WriteNumber("user_count", count);
    });

    public static byte[] Typing(PresenceLocation location) => Json.Object(json => Write(json, location));

    /// <summary>
    /// Who is in a workspace, and at which locations. Names take up to three quarters of the bytes. Beyond that,
    /// locations come with their count only, and then not at all.
    /// </summary>
    public static byte[] Here(
        long workspace, IReadOnlyDictionary<string, Dictionary<long, PresenceEntry>> places, int bytesMax) =>
        Json.Object(json =>
        {
            json.WriteNumber("workspace", workspace);
            WritePeople(json, places.GetValueOrDefault("") ?? [], bytesMax);
            json.WriteStartObject("places");
            foreach (var (place, people) in places)
            {
                if (place.Length == 0) continue;
                if (Bytes(json) + PlaceBytesMax > bytesMax) break;
                json.WriteStartObject(place);
                WritePeople(json, people, bytesMax);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, PresenceLocation location)
    {
        json.WriteNumber("workspace", location.Workspace);
        json.WriteString("place", location.Place.Length == 0 ? null : location.Place);
        json.WritePropertyName("user");
        Write(json, location.Visitor);
        json.WriteString("username", location.Visitor.Name);
    }

    private static void WritePeople(Utf8JsonWriter json, Dictionary<long, PresenceEntry> people, int bytesMax)
    {
        json.WriteNumber("user_count", people.Count);
        json.WriteStartArray("users");
        foreach (var attendee in people.Values.Take(NamesMax))
        {
            if (Bytes(json) > bytesMax / 4 * 3) break;
            Write(json, attendee.Visitor);
        }
        json.WriteEndArray();
    }

    private static long Bytes(Utf8JsonWriter json) => json.BytesCommitted + json.BytesPending;

    private static void Write(Utf8JsonWriter json, PresentUser visitor)
    {
        json.WriteStartObject();
        json.WriteNumber("id", visitor.Id);
        json.WriteString("name", visitor.Name);
        json.WriteEndObject();
    }
}
