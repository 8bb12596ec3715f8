using Pacil.Web.OpenApi;

namespace Pacil.Items.Stock;

/// <summary>
/// A change of an item's amount, with its reason and author. Movements are only appended. The amount of an item is the
/// sum of its movements.
/// </summary>
[Example(
    """
    {
      "id": 12, "item": 7, "place": 1, "delta": -2, "reason": "taken", "note": "", "amount": 16, "version": 3,
      "at": "2026-11-21T08:14:05.120Z", "by": 1
    }
    """)]
internal sealed record Movement
{
    public required long Id { get; init; }
    public required long Item { get; init; }
    public required long Place { get; init; }

    /// <summary>The number of pieces received (positive) or taken (negative); 0 if a count changed nothing.</summary>
    public required long Delta { get; init; }

    public required string Reason { get; init; }
    public required string Note { get; init; }

    /// <summary>The item's amount after the movement.</summary>
    public required long Amount { get; init; }

    /// <summary>The item's version after the movement.</summary>
    public required long Version { get; init; }

    public required DateTime At { get; init; }
    public required long By { get; init; }

    public const string Columns =
        """
        movement.id, movement.item_id as item, movement.place_id as place, movement.delta, movement.reason,
        movement.note, movement.amount, movement.version, movement.at, movement.account_id as by
        """;
}
