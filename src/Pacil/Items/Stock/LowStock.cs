using System.Globalization;
using Pacil.Data;
using Pacil.Log.Events;
using static Pacil.Web.Language.Texts;

namespace Pacil.Items.Stock;

/// <summary>
/// Decides whether an item is low, and records when this changes. The entry belongs to the transaction that changes the
/// amount, the threshold or the archived state.
/// </summary>
internal static class LowStock
{
    public static bool Is(long amount, long? threshold) => amount <= threshold;

    public static void Record(
        WriteTransaction tx, long workspace, long item, long version, bool was, bool isNow, long amount)
    {
        if (was == isNow) return;
        tx.Record(workspace, item, version, isNow ? new StockLow(amount) : new StockRecovered(amount));
    }

    /// <summary>The notification that an item is low, or that it is no longer low.</summary>
    /// <param name="one">The key of the text about one item.</param>
    /// <param name="several">The key of the text about several items.</param>
    public static Notice Notice(long amount, string one, string several) => new(
        "stock", NoticeAudience.Editors,
        facts => facts.Item is not { } item ? null
            : facts.Count > 1 ? T(several, Shown(facts.Count), item)
            : T(one, item, $"{Shown(amount)} {facts.Unit}".TrimEnd()),
        facts => facts.Count > 1 ? $"{facts.Path}/?low=true" : $"{facts.Path}/items/{facts.SubjectId}");

    private static string Shown(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
