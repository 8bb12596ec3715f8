using Pacil.Data;

namespace Pacil.Stock;

/// <summary>When there is too little of something, decided in the transaction that makes it so.</summary>
internal static class LowStock
{
    public static bool Is(long amount, long? threshold) => amount <= threshold;

    /// <summary>Says in the feed that an item has become low, or is so no longer.</summary>
    public static void Record(
        WriteTransaction tx, long workspace, long item, long version, bool was, bool isNow, long amount)
    {
        if (was == isNow) return;
        tx.Record(new Change(
            workspace, isNow ? "stock_low" : "stock_recovered", "item", item, version, $"{{\"amount\":{amount}}}",
            IsConsequence: true));
    }
}
