using System.Text.Json;
using Pacil.Web;

namespace Pacil.Streaming.Presence;

/// <summary>
/// A frame about users who are present. All subscribers share the same bytes. Frames are not stored in the database.
/// </summary>
/// <param name="Number">Numbers the frames of a workspace 1, 2, 3 … in this process.</param>
/// <param name="Except">The account that does not get the frame; 0 if every account gets it.</param>
internal sealed record PresenceFrame(long Number, string Name, byte[] Data, long Except)
{
    public const int HereBytesMax = 128 * 1024;

    /// <summary>
    /// The maximum number of users listed for one location. The user count of the location includes the users who are
    /// not listed.
    /// </summary>
    private const int NamesMax = 100;

    /// <summary>The maximum size of a location in the frame in bytes, not counting the users at the location.</summary>
    private const int PlaceBytesMax = 100;

    public static byte[] Moved(PresenceLocation location, int count) => Json.Object(json =>
    {
        Write(json, location);
        json.WriteNumber("user_count", count);
    });

    public static byte[] Typing(PresenceLocation location) => Json.Object(json => Write(json, location));

    /// <summary>
    /// Lists the users in a workspace and at each of its locations. After the frame reaches three quarters of its
    /// maximum size, it lists no more users: the remaining locations get only a user count. Locations that no longer
    /// fit into the frame are left out.
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
            Write(json, attendee.User);
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
