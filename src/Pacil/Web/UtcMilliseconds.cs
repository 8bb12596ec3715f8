using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Web;

/// <summary>2026-11-21T08:14:05.120Z: one width, so that text sorts as time does.</summary>
internal sealed class UtcMilliseconds : JsonConverter<DateTime>
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public override DateTime Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.GetDateTime().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        Write(writer, value);

    public static string Text(DateTime value) => value.ToString(Format, CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter writer, DateTime value)
    {
        // The round-trip format is the fast one; it has four digits more than we keep.
        Span<byte> text = stackalloc byte[28];
        value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        writer.WriteStringValue(text[..24]);
    }
}
