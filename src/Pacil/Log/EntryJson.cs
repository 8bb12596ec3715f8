using System.Text.Json;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// Writes an entry as JSON. The JSON is the same for every reader:
/// <c>{workspace, seq, kind, at, actor, subject, version, key?, group?, undoes?, data, counts?}</c>.
/// </summary>
internal static class EntryJson
{
    public static byte[] Array(IEnumerable<Entry> entries) =>
        Json.Bytes(entries, static (json, entries) =>
        {
            json.WriteStartArray();
            foreach (var entry in entries) Write(json, entry);
            json.WriteEndArray();
        });

    /// <param name="isInbox">
    /// Whether the entry belongs to an inbox. Its <c>workspace</c> is then null, because the feed id of an inbox is
    /// internal.
    /// </param>
    public static byte[] Bytes(Entry entry, bool isInbox) =>
        Json.Bytes((entry, isInbox), static (json, what) => Write(json, what.entry, what.isInbox));

    private static void Write(Utf8JsonWriter json, Entry entry, bool isInbox = false)
    {
        json.WriteStartObject();
        if (isInbox) json.WriteNull("workspace");
        else json.WriteNumber("workspace", entry.FeedId);
        json.WriteNumber("seq", entry.Seq);
        json.WriteString("kind", entry.Kind);
        json.WritePropertyName("at");
        UtcMilliseconds.Write(json, entry.At);
        json.WriteStartObject("actor");
        if (entry.ActorId is { } actor) json.WriteNumber("id", actor);
        else json.WriteNull("id");
        json.WriteString("name", entry.ActorName);
        json.WriteEndObject();
        json.WriteStartObject("subject");
        json.WriteString("type", entry.SubjectType);
        json.WriteNumber("id", entry.SubjectId);
        json.WriteEndObject();
        json.WriteNumber("version", entry.Version);
        if (entry.Key is not null) json.WriteString("key", entry.Key);
        if (entry.GroupId is { } group) json.WriteNumber("group", group);
        if (entry.Undoes is { } undoes) json.WriteNumber("undoes", undoes);
        json.WritePropertyName("data");
        json.WriteRawValue(entry.Data, skipInputValidation: true);
        if (entry is { Items: { } items, Pieces: { } pieces, Low: { } low })
        {
            json.WriteStartObject("counts");
            json.WriteNumber("items", items);
            json.WriteNumber("pieces", Counts.Capped(pieces));
            json.WriteNumber("low", low);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
