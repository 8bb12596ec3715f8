using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>One field of a form, as Field.cshtml renders it.</summary>
/// <param name="Max">The maximum length in characters; for a number, the largest value.</param>
internal sealed record Field(
    string Type = "text", bool IsRequired = false, long? Max = null, long? Min = null, string? Autocomplete = null,
    string? Hint = null)
{
    public string Name { get; init; } = "";

    /// <summary>Distinguishes this field from one of the same name in another form of the page.</summary>
    public string Form { get; init; } = "f";

    public string? Value { get; init; }

    /// <summary>The stored value. <see cref="Value"/> may be what the user has typed instead.</summary>
    public string? Seen { get; init; }

    public IReadOnlyList<Text> Errors { get; init; } = [];

    /// <summary>The value and label of each option of a select.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];
}
