namespace Pacil.Data;

/// <summary>A change that a use case records. The transaction stores each change as an <see cref="Entry"/>.</summary>
/// <param name="FeedId">The feed of a workspace, an account's inbox, or <see cref="Entry.Administration"/>.</param>
/// <param name="Version">The subject's version after the change.</param>
/// <param name="Data">A JSON object.</param>
/// <param name="Effect">The amounts that the change adds to the counts of the workspace; they may be negative.</param>
internal sealed record Change(
    long FeedId, string Kind, string SubjectType, long SubjectId, long Version, string Data,
    Counts Effect = default)
{
    /// <summary>Whether the change only reports a result of another change in the same write.</summary>
    public bool IsConsequence { get; init; }

    /// <summary>Whether the entry can notify somebody or withdraw a notification.</summary>
    public bool IsDue { get; init; }

    /// <summary>The number of the entry, in the same feed, that this change undoes; null if it undoes none.</summary>
    public long? Undoes { get; init; }
}
