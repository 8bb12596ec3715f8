using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Web;

/// <summary>2026-11-21T08:14:05.120Z: a fixed width, so that texts sort as times do.</summary>
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
        // The round-trip format is the fast one; its last four digits are cut off.
        Span<byte> text = stackalloc byte[28];
        value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        writer.WriteStringValue(text[..24]);
    }
}
