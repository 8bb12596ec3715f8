using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Pacil.Web;

/// <summary>
/// How everything reads in JSON: snake_case, times in UTC with milliseconds and Z, letters as they are.
/// </summary>
internal static class Json
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Leaves every script's letters alone and escapes what HTML could take for markup.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>For JSON that is put together by hand.</summary>
    public static readonly JsonSerializerOptions Compact = new() { Encoder = Encoder };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder };

    /// <summary>A thread keeps what it has written into for the next answer, unless that has become large.</summary>
    private const int KeptBytesMax = 256 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? kept;

    /// <summary>UTF-8.</summary>
    /// <param name="type">From the slice's context, which names its members in snake_case.</param>
    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type) =>
        Bytes((value, type), static (json, what) => JsonSerializer.Serialize(json, what.value, what.type));

    /// <summary>UTF-8, put together by hand.</summary>
    public static byte[] Bytes<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = kept ?? New();
        // What puts it together may come here again, or fail: then there is another one.
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

    /// <summary>An object with these members, UTF-8.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members) => Bytes(members, static (json, members) =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    public static string ObjectText(Action<Utf8JsonWriter> members) => Encoding.UTF8.GetString(Object(members));

    public static string Text<T>(T value, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(Bytes(value, type));
}
