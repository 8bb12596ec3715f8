using System.Globalization;
using Pacil.Data;
using Pacil.Log.Events;
using static Pacil.Web.Language.Texts;

namespace Pacil.Items.Stock;

/// <param name="Amount">The item's amount after the movement.</param>
internal sealed record StockMoved(Movement Movement, long Amount) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("stock_moved", "item", static () => StockJson.Default.StockMoved);

    internal override UndoAction Undo => new UndoMovement(-Movement.Delta, Movement.Place);

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry)
    {
        var key = Movement.Reason switch
        {
            Reason.Counted => "stock_counted",
            Reason.Corrected => "stock_corrected",
            _ when Movement.Delta > 0 => "stock_received",
            Reason.Lost => "stock_lost",
            _ => "stock_taken",
        };
        var value = key switch
        {
            "stock_counted" => Shown(Amount),
            "stock_corrected" => Shown(Movement.Delta, "+#,0;−#,0;0"),
            _ => Shown(Math.Abs(Movement.Delta)),
        };
        var details = new List<string>();
        if (key != "stock_counted") details.Add(T("js.activity.in_stock", Shown(Amount)));
        if (Movement.Note.Length > 0) details.Add(Isolated(Excerpt(Movement.Note, EventText.QuoteLengthMax)));
        return new(key) { Value = value, Details = details };
    }

    private static string Shown(long number, string format = "N0") =>
        number.ToString(format, CultureInfo.CurrentCulture);
}
