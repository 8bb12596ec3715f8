using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Data;

/// <summary>The counts of a workspace, without archived items; stored with its feed, so that no query counts.</summary>
/// <param name="Pieces">The sum of the items' amounts.</param>
/// <param name="Low">How many items are low.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Counts(long Items, long Pieces, long Low)
{
    /// <summary>The most that can be stored: a thousand items of the largest possible amount.</summary>
    public const long PiecesMax = long.MaxValue;

    public static ProblemException TooManyPieces =>
        new(new Problem(StatusCodes.Status409Conflict, "too_many_pieces", PiecesMax));

    /// <summary>The pieces as sent to clients: at most what every JSON reader keeps exactly.</summary>
    public static long Told(long pieces) => Math.Min(pieces, RequestFields.IntegerMax);

    /// <summary>The effect of all changes. Each effect fits into 64 bits, but their sum may not.</summary>
    public static Counts Sum(List<Change> changes) =>
        changes.Aggregate(Int128.Zero, (sum, change) => sum + change.Effect.Pieces) > PiecesMax ? throw TooManyPieces
            : changes.Aggregate(default(Counts), (sum, change) => sum + change.Effect);

    public static Counts operator +(Counts one, Counts other) =>
        new(one.Items + other.Items, one.Pieces + other.Pieces, one.Low + other.Low);

    public static Counts operator -(Counts one, Counts other) =>
        new(one.Items - other.Items, one.Pieces - other.Pieces, one.Low - other.Low);
}
