using System.Text.Json;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>What is told of who is here, encoded once for all who follow; never stored.</summary>
/// <param name="Number">Counts what one process has told of a workspace.</param>
/// <param name="Except">The account that is not told.</param>
internal sealed record PresenceFrame(long Number, string Name, byte[] Data, long Except)
{
    /// <summary>Of who is in one workspace.</summary>
    public const int HereBytesMax = 128 * 1024;

    /// <summary>Of people at one place; the count is of all.</summary>
    private const int NamesMax = 100;

    /// <summary>What a place without names may take.</summary>
    private const int PlaceBytesMax = 100;

    /// <summary>Somebody came, or went, and how many are there now.</summary>
    public static byte[] Moved(PresenceLocation location, int count) => Json.Object(json =>
    {
        Write(json, location);
        json.WriteNumber("user_count", count);
    });

    public static byte[] Typing(PresenceLocation location) => Json.Object(json => Write(json, location));

    /// <summary>
    /// Who is in a workspace, and who of them at which place. Names take three quarters of the bytes; then only how
    /// many they are is said, and then no further places.
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
