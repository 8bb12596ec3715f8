namespace Pacil.Stock;

/// <summary>An item's stock right after a movement.</summary>
internal sealed record StockState
{
    public required long Amount { get; init; }
    public required long Version { get; init; }
    public long? Threshold { get; init; }

    /// <summary>Whether it is low, or would be with so many more.</summary>
    public bool IsLow(long delta) => LowStock.Is(Amount + delta, Threshold);
}
