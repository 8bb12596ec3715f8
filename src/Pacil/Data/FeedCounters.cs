using System.Data.Common;

namespace Pacil.Data;

/// <summary>The counters in the row of a feed.</summary>
internal sealed record FeedCounters
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns = "head, mark, items, pieces, low";

    /// <summary>The number of the last entry; 0 if there is none.</summary>
    public required long Head { get; init; }

    /// <summary>The <see cref="Entry.Mark"/> of the last entry.</summary>
    public required int Mark { get; init; }
    public required long Items { get; init; }
    public required long Pieces { get; init; }
    public required long Low { get; init; }

    public static FeedCounters Read(DbDataReader row) => new()
    {
        Head = row.GetInt64(0),
        Mark = row.GetInt32(1),
        Items = row.GetInt64(2),
        Pieces = row.GetInt64(3),
        Low = row.GetInt64(4),
    };

    /// <returns>Null if the workspace would exceed <see cref="Counts.PiecesMax"/>.</returns>
    public FeedCounters? Plus(int count, int mark, Counts effect) =>
        effect.Pieces > 0 && Pieces > Counts.PiecesMax - effect.Pieces ? null : new()
        {
            Head = Head + count,
            Mark = mark,
            Items = Items + effect.Items,
            Pieces = Pieces + effect.Pieces,
            Low = Low + effect.Low,
        };
}
