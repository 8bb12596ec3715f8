using System.Globalization;
using System.Text.Json;

namespace Pacil.Web.Requests;

/// <summary>Fields with several values, objects, and yes or no.</summary>
internal sealed partial class RequestFields
{
    /// <summary>All fields as one JSON object; of a form, the first value of each field.</summary>
    public string JsonText => form is null
        ? json.GetRawText()
        : Json.ObjectText(writer =>
        {
            foreach (var (name, values) in form) writer.WriteString(name, values.FirstOrDefault());
        });

    /// <summary>Whole numbers from an array or a repeated form field; null if missing or null.</summary>
    /// <param name="max">The largest allowed count.</param>
    public IReadOnlyList<long>? Integers(string name, int max)
    {
        if (Values(name) is not { } values) return null;
        if (values.Count > max) Error(name, "error.too_many", max);
        var numbers = new List<long>();
        foreach (var value in values)
            if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        if (numbers.Count < values.Count) Error(name, "error.not_whole_numbers");
        return numbers;
    }

    /// <summary>A list of any values, from JSON only; null if missing or null.</summary>
    public List<JsonElement>? List(string name)
    {
        if (form is null && !json.TryGetProperty(name, out _) || form?.ContainsKey(name) is false) return null;
        if (form is null && json.GetProperty(name) is var list)
        {
            if (list.ValueKind == JsonValueKind.Null) return null;
            if (list.ValueKind == JsonValueKind.Array) return [.. list.EnumerateArray()];
        }
        Error(name, "error.not_a_list");
        return null;
    }

    /// <summary>The fields of a nested JSON object; null if missing or null. Their errors join this object's.</summary>
    public RequestFields? Object(string name, bool required = false)
    {
        var inner = form is null && json.TryGetProperty(name, out var sent) ? sent : default;
        if (inner.ValueKind == JsonValueKind.Object) return new RequestFields(inner, errors) { Raw = default };
        var isLeftOut = !Has(name) || inner.ValueKind == JsonValueKind.Null;
        if (!isLeftOut) Error(name, "error.not_an_object");
        else if (required) Error(name, "error.required");
        return null;
    }

    /// <summary>The first sent field that is not among these names; null if there is none.</summary>
    public string? Unknown(IEnumerable<string> names) =>
        (form?.Keys ?? json.EnumerateObject().Select(one => one.Name)).Except(names).FirstOrDefault();

    /// <summary>Yes or no; null if missing or null. A ticked box of a form sends "on".</summary>
    public bool? Flag(string name)
    {
        if (form is null)
        {
            if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        }
        else
        {
            var text = Text(name);
            if (text.Length == 0) return null;
            if (text is "on" or "true" or "1") return true;
            if (text is "false" or "0") return false;
        }
        Error(name, "error.not_a_choice", "true, false");
        return null;
    }

    /// <summary>Each value as text; a JSON value that is not a number becomes "".</summary>
    private List<string>? Values(string name)
    {
        if (form is not null) return form.TryGetValue(name, out var sent) ? [.. sent.OfType<string>()] : null;
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind != JsonValueKind.Array
            ? [""]
            : [.. value.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Number ? one.GetRawText() : "")];
    }
}
