namespace Pacil.Log.Events;

/// <summary>
/// The sentence that describes an entry. A text such as "{0} renamed {2} to {1}" gets the actor as {0}, the name of the
/// subject as {1}, and <see cref="Value"/> as {2}.
/// </summary>
/// <param name="Key">
/// The end of the text's key. <c>js.activity.</c> precedes it for workspaces, <c>admin.log.</c> for administrators.
/// </param>
internal sealed record EventText(string Key)
{
    /// <summary>The maximum number of characters of a quoted value.</summary>
    public const int QuoteLengthMax = 60;

    /// <summary>The subject's name at the time of the event; null for its current name.</summary>
    public string? Name { get; init; }

    public string? Value { get; init; }

    /// <summary>Remarks that follow the sentence.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
