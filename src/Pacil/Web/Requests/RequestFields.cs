using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Pacil.Data;
using Pacil.Web.Language;

namespace Pacil.Web.Requests;

/// <summary>
/// The fields of a request, from JSON or from a form. A use case reads and checks each field with one call. Errors are
/// collected by field name, and <see cref="Problem"/> reports all errors together.
/// </summary>
internal sealed partial class RequestFields
{
    /// <summary>2^53 − 1, the largest integer that every JSON parser reads exactly (RFC 8259, 6).</summary>
    public const long IntegerMax = Counts.JsonIntegerMax;

    private readonly JsonElement json;
    private readonly Dictionary<string, StringValues>? form;
    private readonly Dictionary<string, List<Text>> errors;

    private RequestFields(JsonElement json, Dictionary<string, List<Text>>? errors = null) =>
        (this.json, this.errors) = (json, errors ?? []);

    private RequestFields(Dictionary<string, StringValues> form) => (this.form, errors) = (form, []);

    /// <summary>
    /// Whether numbers are in the format of the current language, because a user has typed them into a page.
    /// </summary>
    private bool IsTyped { get; init; }

    /// <summary>The bytes that are hashed into the fingerprint of the idempotency key.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>422 with the messages of each field; null if all fields are valid.</summary>
    public Problem? Problem => errors.Count == 0 ? null : Web.Problem.Invalid(errors);

    /// <summary>Whether the request contains the field, even if its value is null or empty.</summary>
    public bool Has(string name) => form is null ? json.TryGetProperty(name, out _) : form.ContainsKey(name);

    /// <summary>Whether the request contains the field with a value that is not null.</summary>
    public bool Gives(string name) =>
        Has(name) && (form is not null || json.GetProperty(name).ValueKind != JsonValueKind.Null);

    /// <summary>Adds an error to a field. <paramref name="key"/> is the message's key in the resources.</summary>
    public void Error(string name, string key, params object?[] arguments)
    {
        if (!errors.TryGetValue(name, out var messages)) errors[name] = messages = [];
        messages.Add(new Text(key, arguments));
    }

    /// <summary>
    /// Reads one line of text, trimmed and without invisible characters; "" if the field is missing or null.
    /// </summary>
    /// <param name="max">The maximum length in Unicode code points.</param>
    public string Line(string name, int max, bool required = false) =>
        Line(name, Invisible.Remove(Text(name)), max, required);

    /// <summary>
    /// Reads one line of text, trimmed but with its invisible characters, for a name that must match exactly.
    /// </summary>
    public string WholeLine(string name, int max, bool required = false) => Line(name, Text(name), max, required);

    private string Line(string name, string sent, int max, bool required)
    {
        var text = sent.Trim();
        if (required && IsBlank(text)) Error(name, "error.required");
        if (text.Any(char.IsControl)) Error(name, "error.control_characters");
        return Within(name, text, max);
    }

    private static bool IsBlank(string text) =>
        text.EnumerateRunes().All(rune => Rune.IsWhiteSpace(rune) || Invisible.Is(rune));

    /// <summary>Reads text of several lines, with line breaks as \n; "" if the field is missing or null.</summary>
    /// <param name="max">The maximum length in Unicode code points.</param>
    public string Lines(string name, int max, bool required = false)
    {
        var text = Text(name).Replace("\r\n", "\n").Replace('\r', '\n');
        if (required && IsBlank(text)) Error(name, "error.required");
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) Error(name, "error.control_characters");
        return Within(name, text, max);
    }

    /// <summary>Reads text, such as a password, without changing the text.</summary>
    public string Secret(string name, int max, bool required = false)
    {
        var text = Text(name);
        if (required && text.Length == 0) Error(name, "error.required");
        return Within(name, text, max);
    }

    /// <summary>
    /// Reads a value that must be one of the choices; the first choice if the field is missing, null or empty.
    /// </summary>
    public string OneOf(string name, ReadOnlySpan<string> choices, bool required = false)
    {
        var text = Text(name);
        if (required && text.Length == 0) Error(name, "error.required");
        if (text.Length == 0) return choices[0];
        if (!choices.Contains(text)) Error(name, "error.not_a_choice", Choices(choices));
        return text;
    }

    private static string Choices(ReadOnlySpan<string> choices) =>
        string.Join(", ", choices.ToArray().Where(choice => choice.Length > 0).Distinct());

    private string Text(string name)
    {
        if (form is not null)
        {
            var values = form.GetValueOrDefault(name);
            if (values.Count > 1) Error(name, "error.more_than_once");
            return Decoded(name, values.Count == 0 ? "" : values[0]!);
        }
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return "";
        if (value.ValueKind == JsonValueKind.String) return Decoded(name, value);
        Error(name, "error.not_text");
        return "";
    }

    private string Within(string name, string text, int max)
    {
        if (text.Length > max && text.EnumerateRunes().Count() > max) Error(name, "error.too_long", max);
        return text;
    }
}
