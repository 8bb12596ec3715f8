using Pacil.Data;

namespace Pacil.Items.Stock;

/// <summary>Records the same movement for many items, with a fixed number of SQL statements.</summary>
internal static class BulkMoveStock
{
    /// <param name="items">The ids of items of this workspace. The caller has locked and checked the items.</param>
    public static async Task Apply(
        WriteTransaction tx, long workspace, long place, MoveStock.Request request, IReadOnlyList<long> items)
    {
        var what = new
        {
            Items = tx.Dialect.List(items),
            Place = place,
            request.Delta,
            request.Reason,
            request.Note,
            tx.Now,
            Account = tx.Actor.Id,
        };
        var moved = await Move(tx, what);
        var balances = await Balances.MoveAll(tx, what, request.Delta);
        if (moved.Count != items.Count || balances != items.Count)
            throw new InvalidOperationException("An item that could move did not.");
        foreach (var one in moved)
            MoveStock.Record(tx, workspace, one.Movement(request, place, tx), one.Threshold);
    }

    private static async Task<List<Moved>> Move(WriteTransaction tx, object what)
    {
        var moved = await tx.Query<Moved>(
            $"""
            update item
            set amount = amount + @Delta, version = version + 1, updated_at = @Now, updated_by = @Account
            where id {tx.Dialect.Among("@Items")}
            returning 0 as id, id as item, amount, version, threshold
            """, what);
        var ids = (await tx.Query<Kept>(
            $"""
            insert into movement (item_id, place_id, delta, amount, version, reason, note, at, account_id)
            select id, @Place, @Delta, amount, version, @Reason, @Note, @Now, @Account
            from item where id {tx.Dialect.Among("@Items")}
            returning id, item_id as item
            """, what)).ToDictionary(kept => kept.Item, kept => kept.Id);
        return [.. moved.OrderBy(one => one.Item).Select(one => one with { Id = ids[one.Item] })];
    }

    private sealed record Kept
    {
        public required long Id { get; init; }
        public required long Item { get; init; }
    }

    private sealed record Moved
    {
        public required long Id { get; init; }
        public required long Item { get; init; }
        public required long Amount { get; init; }
        public required long Version { get; init; }
        public long? Threshold { get; init; }

        public Movement Movement(MoveStock.Request request, long place, WriteTransaction tx) => new()
        {
            Id = Id,
            Item = Item,
            Place = place,
            Delta = request.Delta,
            Reason = request.Reason,
            Note = request.Note,
            Amount = Amount,
            Version = Version,
            At = tx.Now,
            By = tx.Actor.Id!.Value,
        };
    }
}
