namespace Pacil.Stock;

/// <summary>What the feed tells of a movement.</summary>
internal sealed record StockMoved(Movement Movement, long Amount);
