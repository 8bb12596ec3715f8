namespace Pacil.Data.Postgres;

/// <summary>
/// The feed that a group of writes has locked. Nobody else can change its counters meanwhile, so the group numbers its
/// entries by these values, and stores them once, at its end. A write must not read the row of its feed.
/// </summary>
internal sealed class LockedFeed(long id, FeedCounters counters)
{
    private readonly long storedHead = counters.Head;

    public long Id => id;

    /// <summary>The counters after the writes of the group that have run so far.</summary>
    public FeedCounters Counters { get; set; } = counters;

    /// <summary>How many writes of the group follow the current one, as far as is known.</summary>
    public int Following { get; set; }

    /// <summary>Locks the feed until the transaction ends.</summary>
    /// <returns>Null if there is no such feed.</returns>
    public static async Task<LockedFeed?> Take(PostgresTransaction transaction, long id)
    {
        await using var row = await transaction.Read(
            $"select {FeedCounters.Columns} from feed where id = @Id for no key update", [("Id", id)],
            CancellationToken.None);
        return await row.ReadAsync() ? new(id, FeedCounters.Read(row)) : null;
    }

    /// <summary>Stores the counters, if the group has changed them.</summary>
    public void Store(PostgresTransaction transaction)
    {
        if (Counters.Head > storedHead)
            transaction.Send(
                """
                update feed set head = @Head, mark = @Mark, items = @Items, pieces = @Pieces, low = @Low where id = @Id
                """,
                [
                    ("Head", Counters.Head), ("Mark", Counters.Mark), ("Items", Counters.Items),
                    ("Pieces", Counters.Pieces), ("Low", Counters.Low), ("Id", id),
                ]);
    }
}
