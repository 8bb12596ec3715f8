using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>One field of a form. Field.cshtml renders it.</summary>
/// <param name="Max">For text, the maximum length in characters. For a number, the largest value.</param>
internal sealed record Field(
    string Type = "text", bool IsRequired = false, long? Max = null, long? Min = null, string? Autocomplete = null,
    string? Hint = null)
{
    public string Name { get; init; } = "";

    /// <summary>
    /// The prefix of the element ids. It differs between forms of one page that have fields with the same name.
    /// </summary>
    public string Form { get; init; } = "f";

    public string? Value { get; init; }

    /// <summary>The stored value. <see cref="Value"/> differs from it if the user has typed something else.</summary>
    public string? Seen { get; init; }

    public IReadOnlyList<Text> Errors { get; init; } = [];

    /// <summary>The value and label of each option of a select.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];
}
