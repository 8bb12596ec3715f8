using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Stock;

/// <summary>
/// A change of an amount: so many came or went, why, by whom. Movements are only ever added; an item's amount is
/// their sum.
/// </summary>
internal sealed record Movement
{
    public required long Id { get; init; }
    public required long Item { get; init; }
    public required long Place { get; init; }

    /// <summary>Pieces that came (positive) or went (negative); 0 where a count found what was expected.</summary>
    public required long Delta { get; init; }

    public required string Reason { get; init; }
    public required string Note { get; init; }

    /// <summary>The item's amount after it.</summary>
    public required long Amount { get; init; }

    /// <summary>The item's version after it.</summary>
    public required long Version { get; init; }

    public required DateTime At { get; init; }
    public required long By { get; init; }

    /// <summary>For a select from movement.</summary>
    public const string Columns =
        """
        movement.id, movement.item_id as item, movement.place_id as place, movement.delta, movement.reason,
        movement.note, movement.amount, movement.version, movement.at, movement.account_id as by
        """;
}

/// <summary>What the feed tells of a movement.</summary>
internal sealed record StockMoved(Movement Movement, long Amount);

/// <summary>Why an amount changes.</summary>
internal static class Reason
{
    public const string Received = "received";
    public const string Taken = "taken";
    public const string Counted = "counted";
    public const string Lost = "lost";
    public const string Corrected = "corrected";

    public static readonly IReadOnlyList<string> All = [Received, Taken, Counted, Lost, Corrected];
}

[JsonSerializable(typeof(Movement))]
[JsonSerializable(typeof(List<Movement>))]
[JsonSerializable(typeof(StockMoved))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class StockJson : JsonSerializerContext;
