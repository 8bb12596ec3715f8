using Pacil.Web;

namespace Pacil.Data;

/// <summary>What a workspace holds that is not archived: kept with its feed, so that nobody has to count.</summary>
/// <param name="Items">How many items.</param>
/// <param name="Pieces">The sum of their amounts.</param>
/// <param name="Low">How many of them are low.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Counts(long Items, long Pieces, long Low)
{
    /// <summary>More cannot be stored: a thousand items of as many pieces as one may have.</summary>
    public const long PiecesMax = long.MaxValue;

    public static ProblemException TooManyPieces =>
        new(new Problem(StatusCodes.Status409Conflict, "too_many_pieces", PiecesMax));

    /// <summary>The pieces as they are told: no more than what every reader of JSON keeps.</summary>
    public static long Told(long pieces) => Math.Min(pieces, RequestFields.IntegerMax);

    /// <summary>Of each change, the pieces are as many as an item may have; those of many need not fit.</summary>
    public static Counts Sum(List<Change> changes) =>
        changes.Aggregate(Int128.Zero, (sum, change) => sum + change.Effect.Pieces) > PiecesMax ? throw TooManyPieces
            : changes.Aggregate(default(Counts), (sum, change) => sum + change.Effect);

    public static Counts operator +(Counts one, Counts other) =>
        new(one.Items + other.Items, one.Pieces + other.Pieces, one.Low + other.Low);

    public static Counts operator -(Counts one, Counts other) =>
        new(one.Items - other.Items, one.Pieces - other.Pieces, one.Low - other.Low);
}
