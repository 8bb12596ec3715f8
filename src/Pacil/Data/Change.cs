namespace Pacil.Data;

/// <summary>A change that a use case records. The transaction stores each change as an <see cref="Entry"/>.</summary>
/// <param name="FeedId">The feed of a workspace, an account's inbox, or <see cref="Entry.Administration"/>.</param>
/// <param name="Kind">The kind of change, in the past tense, such as <c>item_created</c>.</param>
/// <param name="SubjectType">The type of the changed thing, such as <c>item</c>.</param>
/// <param name="Version">The subject's version after the change.</param>
/// <param name="Data">A JSON object. It may contain only what every member of the workspace may see.</param>
/// <param name="Effect">The amounts that the change adds to the counts of the workspace; they may be negative.</param>
/// <param name="IsConsequence">Whether the change only reports a result of another change in the same write.</param>
internal sealed record Change(
    long FeedId, string Kind, string SubjectType, long SubjectId, long Version, string Data,
    Counts Effect = default, bool IsConsequence = false)
{
    /// <summary>The number of the entry, in the same feed, that this change undoes; null if it undoes none.</summary>
    public long? Undoes { get; init; }
}
