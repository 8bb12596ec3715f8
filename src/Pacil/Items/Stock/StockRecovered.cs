using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items.Stock;

/// <param name="Amount">The item's amount, which is above its threshold again.</param>
internal sealed record StockRecovered(long Amount) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("stock_recovered", "item", static () => StockJson.Default.StockRecovered) with
        {
            IsConsequence = true,
        };

    internal override UndoAction Undo => new NoUndo("The undo of the movement reports the result itself.");

    internal override Notice? Notice => LowStock.Notice(
        Amount, one: "notifications.recovered", several: "notifications.recovered_several");

    public override EventText Describe(Entry entry) => new("stock_recovered") { Value = $"{Amount:N0}" };
}
