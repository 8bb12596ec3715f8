namespace Pacil.Data;

/// <summary>
/// The counts of a workspace. Archived items are not counted. The row of the workspace's feed stores these counts, so
/// no query has to count items.
/// </summary>
/// <param name="Pieces">The sum of the amounts of all items.</param>
/// <param name="Low">The number of items whose amount is at or below their threshold.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Counts(long Items, long Pieces, long Low)
{
    /// <summary>
    /// The largest sum of amounts that the column can store. About a thousand items with the largest possible amount
    /// reach this limit.
    /// </summary>
    public const long PiecesMax = long.MaxValue;

    /// <summary>The largest integer in JSON, 2^53 − 1, because many JSON parsers round larger integers.</summary>
    public const long JsonIntegerMax = 9007199254740991;

    /// <summary>Limits pieces to <see cref="JsonIntegerMax"/> for clients.</summary>
    public static long Capped(long pieces) => Math.Min(pieces, JsonIntegerMax);

    /// <summary>
    /// Adds up the effects of all changes. Each effect fits into 64 bits but the sum may not, so the limit is checked
    /// with 128 bits.
    /// </summary>
    /// <exception cref="TooManyPieces">The sum exceeds <see cref="PiecesMax"/>.</exception>
    public static Counts Sum(List<Change> changes) =>
        changes.Aggregate(Int128.Zero, (sum, change) => sum + change.Effect.Pieces) > PiecesMax
            ? throw new TooManyPieces()
            : changes.Aggregate(default(Counts), (sum, change) => sum + change.Effect);

    public static Counts operator +(Counts one, Counts other) =>
        new(one.Items + other.Items, one.Pieces + other.Pieces, one.Low + other.Low);

    public static Counts operator -(Counts one, Counts other) =>
        new(one.Items - other.Items, one.Pieces - other.Pieces, one.Low - other.Low);
}
