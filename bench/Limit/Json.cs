using System.Globalization;
using System.Text.Json;

namespace Limit;

internal static class Json
{
    public static void Time(Utf8JsonWriter json, string name, long milliseconds)
    {
        Span<byte> text = stackalloc byte[28];
        DateTime.UnixEpoch.AddMilliseconds(milliseconds).TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[23] = (byte)'Z';
        json.WriteString(name, text[..24]);
    }
}
