namespace Pacil.Data;

/// <summary>A change that a use case records; the transaction makes an <see cref="Entry"/> of it.</summary>
/// <param name="FeedId">The feed: a workspace's, an account's inbox, or <see cref="Entry.Administration"/>.</param>
/// <param name="Kind">What happened, in the past tense: <c>item_created</c>.</param>
/// <param name="SubjectType">What it happened to: <c>item</c>.</param>
/// <param name="Version">The subject's version after the change.</param>
/// <param name="Data">A JSON object; only what every viewer of the workspace may see.</param>
/// <param name="Effect">How the change alters the counts of the workspace.</param>
/// <param name="IsConsequence">Whether it only reports what another change of the same write has caused.</param>
internal sealed record Change(
    long FeedId, string Kind, string SubjectType, long SubjectId, long Version, string Data,
    Counts Effect = default, bool IsConsequence = false)
{
    /// <summary>The number of the entry of this feed that it undoes; see <see cref="WriteTransaction.Undo"/>.</summary>
    public long? Undoes { get; init; }
}
