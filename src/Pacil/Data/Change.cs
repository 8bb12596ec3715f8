namespace Pacil.Data;

/// <summary>What a use case says has changed; the transaction makes an <see cref="Entry"/> of it.</summary>
/// <param name="FeedId">Whose log: a workspace's id, an account's inbox, or <see cref="Entry.Administration"/>.</param>
/// <param name="Kind">What happened, in the past tense: <c>item_created</c>.</param>
/// <param name="SubjectType">What it happened to: <c>item</c>.</param>
/// <param name="SubjectId">The subject's id.</param>
/// <param name="Version">The subject's version after the change.</param>
/// <param name="Data">A JSON object; only what every viewer of the workspace may see.</param>
/// <param name="Effect">By how much it changes what the workspace counts.</param>
/// <param name="IsConsequence">It only tells what another change of the same write has led to.</param>
internal sealed record Change(
    long FeedId, string Kind, string SubjectType, long SubjectId, long Version, string Data,
    Counts Effect = default, bool IsConsequence = false)
{
    /// <summary>The entry of its feed that it takes back; see <see cref="WriteTransaction.Undo"/>.</summary>
    public long? Undoes { get; init; }
}
