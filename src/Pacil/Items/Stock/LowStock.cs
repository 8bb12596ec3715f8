using Pacil.Data;

namespace Pacil.Items.Stock;

/// <summary>Whether an item is low, decided in the transaction that changes its amount.</summary>
internal static class LowStock
{
    public static bool Is(long amount, long? threshold) => amount <= threshold;

    public static void Record(
        WriteTransaction tx, long workspace, long item, long version, bool was, bool isNow, long amount)
    {
        if (was == isNow) return;
        tx.Record(new Change(
            workspace, isNow ? "stock_low" : "stock_recovered", "item", item, version, $"{{\"amount\":{amount}}}",
            IsConsequence: true));
    }
}
