using System.Globalization;
using System.Text.Json;

namespace Pacil.Web.Requests;

/// <summary>Reads fields that are lists, objects or booleans.</summary>
internal sealed partial class RequestFields
{
    /// <summary>
    /// All fields as one JSON object. For a repeated form field, the object contains only the first value.
    /// </summary>
    public string JsonText => form is null
        ? json.GetRawText()
        : Json.ObjectText(writer =>
        {
            foreach (var (name, values) in form) writer.WriteString(name, values.FirstOrDefault());
        });

    /// <summary>
    /// Reads whole numbers from a JSON array or a repeated form field; null if the field is missing or null.
    /// </summary>
    /// <param name="max">The maximum number of values.</param>
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

    /// <summary>Reads a list with values of any type, from JSON only; null if the field is missing or null.</summary>
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

    /// <summary>
    /// Reads a nested JSON object; null if the field is missing or null. Errors in the nested object are added to the
    /// errors of this object.
    /// </summary>
    public RequestFields? Object(string name, bool required = false)
    {
        var inner = form is null && json.TryGetProperty(name, out var sent) ? sent : default;
        if (inner.ValueKind == JsonValueKind.Object) return new RequestFields(inner, errors) { Raw = default };
        var isLeftOut = !Has(name) || inner.ValueKind == JsonValueKind.Null;
        if (!isLeftOut) Error(name, "error.not_an_object");
        else if (required) Error(name, "error.required");
        return null;
    }

    /// <summary>The first field in the request whose name is not in this list; null if there is none.</summary>
    public string? Unknown(IEnumerable<string> names) =>
        (form?.Keys ?? json.EnumerateObject().Select(one => one.Name)).Except(names).FirstOrDefault();

    /// <summary>Reads a boolean; null if the field is missing or null. A form sends "on" for a checked box.</summary>
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

    /// <summary>
    /// The values as strings. An element of a JSON array becomes "" if it is not a number. A JSON value that is not an
    /// array counts as one value "".
    /// </summary>
    private List<string>? Values(string name)
    {
        if (form is not null) return form.TryGetValue(name, out var sent) ? [.. sent.OfType<string>()] : null;
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind != JsonValueKind.Array
            ? [""]
            : [.. value.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Number ? one.GetRawText() : "")];
    }
}
