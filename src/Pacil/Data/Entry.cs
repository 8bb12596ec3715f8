using Pacil.Web;

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

/// <summary>What a workspace holds that is not archived: kept with its feed, so that nobody has to count.</summary>
/// <param name="Items">How many items.</param>
/// <param name="Pieces">The sum of their amounts.</param>
/// <param name="Low">How many of them are low.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Counts(long Items, long Pieces, long Low)
{
    /// <summary>More cannot be counted: what JSON's readers keep, as of an item's amount.</summary>
    public const long PiecesMax = Fields.IntegerMax;

    public static RefusedException TooManyPieces =>
        new(new Problem(StatusCodes.Status409Conflict, "too_many_pieces", PiecesMax));

    /// <summary>Of each change, the pieces are as many as an item may have; those of many need not fit.</summary>
    public static Counts Sum(List<Change> changes) =>
        changes.Aggregate(Int128.Zero, (sum, change) => sum + change.Effect.Pieces) > PiecesMax ? throw TooManyPieces
            : changes.Aggregate(default(Counts), (sum, change) => sum + change.Effect);

    public static Counts operator +(Counts one, Counts other) =>
        new(one.Items + other.Items, one.Pieces + other.Pieces, one.Low + other.Low);

    public static Counts operator -(Counts one, Counts other) =>
        new(one.Items - other.Items, one.Pieces - other.Pieces, one.Low - other.Low);
}

/// <summary>One committed change. Within a feed, <see cref="Seq"/> counts 1, 2, 3 … without a gap.</summary>
internal record Entry
{
    /// <summary>The administrators' log.</summary>
    public const long Administration = 1;

    public required long FeedId { get; init; }
    public required long Seq { get; init; }

    /// <summary>Random; tells two histories apart that share a number after a roll-back nobody announced.</summary>
    public required int Mark { get; init; }

    public required DateTime At { get; init; }
    public required long? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string Kind { get; init; }
    public required string SubjectType { get; init; }
    public required long SubjectId { get; init; }
    public required long Version { get; init; }
    public required string? Key { get; init; }

    /// <summary>
    /// Joins what a person changed by one write, where that is more than one thing: the number of the first.
    /// </summary>
    public long? GroupId { get; init; }

    /// <summary>The entry that this one takes back.</summary>
    public long? Undoes { get; init; }

    public required string Data { get; init; }

    /// <summary>What the workspace counts after it; null where it did not change that.</summary>
    public long? Items { get; init; }
    public long? Pieces { get; init; }
    public long? Low { get; init; }
}
