using System.Globalization;
using System.Text.Json;

namespace Pacil.Web.Requests;

/// <summary>Reads fields that are whole numbers.</summary>
internal sealed partial class RequestFields
{
    /// <summary>Reads a whole number; null if the field is missing, null, or empty in a form.</summary>
    public long? Integer(string name, long min, long max, bool required = false)
    {
        var value = Number(name);
        if (value is null && required && !errors.ContainsKey(name)) Error(name, "error.required");
        if (value < min) Error(name, "error.too_small", min);
        if (value > max) Error(name, "error.too_large", max);
        return value;
    }

    private long? Number(string name)
    {
        if (form is null)
        {
            if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
            if (value.ValueKind == JsonValueKind.Number) return Whole(name, value.GetRawText());
            Error(name, "error.not_a_whole_number");
            return null;
        }
        var text = Text(name).Trim();
        return text.Length == 0 ? null : Whole(name, IsTyped ? Written(text) : text);
    }

    private long? Whole(string name, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        // Digits that do not fit into 64 bits are out of range, not malformed.
        if (text.TrimStart('-').All(char.IsAsciiDigit) && text.TrimStart('-').Length > 0)
            return text[0] == '-' ? long.MinValue : long.MaxValue;
        Error(name, "error.not_a_whole_number");
        return null;
    }

    /// <summary>
    /// Removes the thousands separators of a number that a user has typed. A thousand is 1,000 on an English page,
    /// 1.000 on an Indonesian page, and 1 000 on any page. Returns "", which is refused, for any other format.
    /// </summary>
    private static string Written(string text)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var between = digits.FirstOrDefault(c => !char.IsAsciiDigit(c));
        if (between == default) return text;
        var groups = digits.Split(between);
        var isGrouped = groups[0].Length is > 0 and <= 3 && groups[1..].All(group => group.Length == 3)
            && groups.All(group => group.All(char.IsAsciiDigit))
            && (char.IsWhiteSpace(between) || $"{between}" == NumberFormatInfo.CurrentInfo.NumberGroupSeparator);
        return isGrouped ? text.Replace($"{between}", "") : "";
    }
}
