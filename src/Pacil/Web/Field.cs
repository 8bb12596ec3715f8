namespace Pacil.Web;

/// <summary>One field of a form, as it is drawn by Field.cshtml.</summary>
/// <param name="Max">Characters at most; of a number, the largest.</param>
internal sealed record Field(
    string Type = "text", bool IsRequired = false, long? Max = null, long? Min = null, string? Autocomplete = null,
    string? Hint = null)
{
    public string Name { get; init; } = "";

    /// <summary>Tells this field from one of the same name in another form of the page.</summary>
    public string Form { get; init; } = "f";

    public string? Value { get; init; }

    /// <summary>What is there now; the value is perhaps what the person has typed over it.</summary>
    public string? Seen { get; init; }

    public IReadOnlyList<Text> Errors { get; init; } = [];

    /// <summary>Value and words of each choice of a select.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];
}
