namespace Pacil.Data.Postgres;

/// <summary>
/// Ids for new rows, taken from the sequences of their tables in advance, by one transaction. What it does not use is
/// dropped with it: a later transaction of the same feed must take larger ids, because lists are in the order of ids.
/// </summary>
internal sealed class PostgresIds
{
    private readonly Dictionary<string, Queue<long>> taken = [];

    /// <param name="count">How many ids to take if none is left.</param>
    public async Task<long> Next(
        PostgresTransaction transaction, string table, int count, CancellationToken cancellation)
    {
        if (!taken.TryGetValue(table, out var ids)) taken.Add(table, ids = []);
        if (ids.Count == 0)
        {
            await using var rows = await transaction.Read(
                "select nextval(pg_get_serial_sequence(@Table, 'id')) from generate_series(1, @Count)",
                [("Table", table), ("Count", count)], cancellation);
            while (await rows.ReadAsync(cancellation)) ids.Enqueue(rows.GetInt64(0));
        }
        return ids.Dequeue();
    }
}
