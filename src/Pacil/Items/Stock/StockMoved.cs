namespace Pacil.Items.Stock;

/// <summary>The data of a <c>stock_moved</c> entry.</summary>
internal sealed record StockMoved(Movement Movement, long Amount);
