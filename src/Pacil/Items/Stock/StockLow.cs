using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items.Stock;

/// <param name="Amount">The item's amount, which is at or below its threshold.</param>
internal sealed record StockLow(long Amount) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("stock_low", "item", static () => StockJson.Default.StockLow) with
        {
            IsConsequence = true,
        };

    internal override UndoAction Undo => new NoUndo("The undo of the movement reports the result itself.");

    internal override Notice? Notice => LowStock.Notice(
        Amount, one: "notifications.low", several: "notifications.low_several");

    public override EventText Describe(Entry entry) => new("stock_low") { Value = $"{Amount:N0}" };
}
