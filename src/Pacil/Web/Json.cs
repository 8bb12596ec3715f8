using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Pacil.Web;

/// <summary>Pacil's JSON: snake_case names, UTC times with milliseconds and Z, letters unescaped.</summary>
internal static class Json
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>
    /// Does not escape letters of any alphabet, but escapes characters that HTML could interpret as markup.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>Options for JsonNode values, which have no generated serializer context.</summary>
    public static readonly JsonSerializerOptions Compact = new() { Encoder = Encoder };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder };

    /// <summary>
    /// A thread reuses its buffer for the next JSON value, unless the buffer has grown beyond this size.
    /// </summary>
    private const int KeptBytesMax = 256 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? kept;

    /// <summary>Serializes to UTF-8.</summary>
    /// <param name="type">
    /// Comes from the generated serializer context of a feature, which names members in snake_case.
    /// </param>
    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type) =>
        Bytes((value, type), static (json, what) => JsonSerializer.Serialize(json, what.value, what.type));

    /// <summary>Lets a callback write JSON, and returns the JSON as UTF-8.</summary>
    public static byte[] Bytes<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = kept ?? New();
        // Detach the buffer first. If the callback calls this method again or throws, a half-written buffer must not be
        // used again.
        kept = null;
        write(writer, state);
        writer.Flush();
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > KeptBytesMax) return written;
        buffer.ResetWrittenCount();
        writer.Reset();
        kept = (buffer, writer);
        return written;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) New()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        return (buffer, new Utf8JsonWriter(buffer, WriterOptions));
    }

    /// <summary>A JSON object as UTF-8. The callback writes the members of the object.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members) => Bytes(members, static (json, members) =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    public static string ObjectText(Action<Utf8JsonWriter> members) => Encoding.UTF8.GetString(Object(members));

    public static string Text<T>(T value, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(Bytes(value, type));

    /// <summary>An array of names, which contain no characters to escape.</summary>
    public static string Names(IEnumerable<string> names) =>
        $"[{string.Join(',', names.Select(name => $"\"{name}\""))}]";

    /// <returns>Null if the text is not JSON of this type.</returns>
    public static T? Read<T>(string text, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
