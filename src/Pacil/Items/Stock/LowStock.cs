using Pacil.Data;

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
        tx.Record(new Change(
            workspace, isNow ? "stock_low" : "stock_recovered", "item", item, version, $"{{\"amount\":{amount}}}",
            IsConsequence: true));
    }
}
