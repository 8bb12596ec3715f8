using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Web;

/// <summary>
/// Formats times as 2026-11-21T08:14:05.120Z. The width is fixed, so that the strings sort in the order of the times.
/// </summary>
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
        // Format "O" is the fastest, but writes seven decimals. The last four decimals are cut off.
        Span<byte> text = stackalloc byte[28];
        value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        writer.WriteStringValue(text[..24]);
    }
}
