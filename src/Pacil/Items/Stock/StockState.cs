namespace Pacil.Items.Stock;

/// <summary>An item's stock right after a movement.</summary>
internal sealed record StockState
{
    public required long Amount { get; init; }
    public required long Version { get; init; }
    public long? Threshold { get; init; }
}
