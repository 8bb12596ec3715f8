namespace Pacil.Items.Stock;

/// <summary>
/// A change of an amount: how many pieces came or went, the reason, the author. Movements are only appended; the amount
/// of an item is their sum.
/// </summary>
internal sealed record Movement
{
    public required long Id { get; init; }
    public required long Item { get; init; }
    public required long Place { get; init; }

    /// <summary>Pieces that came (positive) or went (negative); 0 if a count found the expected amount.</summary>
    public required long Delta { get; init; }

    public required string Reason { get; init; }
    public required string Note { get; init; }

    /// <summary>The item's amount after it.</summary>
    public required long Amount { get; init; }

    /// <summary>The item's version after it.</summary>
    public required long Version { get; init; }

    public required DateTime At { get; init; }
    public required long By { get; init; }

    public const string Columns =
        """
        movement.id, movement.item_id as item, movement.place_id as place, movement.delta, movement.reason,
        movement.note, movement.amount, movement.version, movement.at, movement.account_id as by
        """;
}
