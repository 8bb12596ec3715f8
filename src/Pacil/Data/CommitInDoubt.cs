using Npgsql;
using Pacil.Data.Postgres;

namespace Pacil.Data;

/// <summary>
/// Finds out whether a transaction was committed when PostgreSQL did not answer the COMMIT, because the connection
/// broke or the server stopped. The transaction was committed if the log contains its last entry. The search compares
/// the entry's number, which never changes, and its mark, a random number. So it cannot find the entry of another
/// write.
/// </summary>
internal static class CommitInDoubt
{
    private static readonly TimeSpan Patience = PostgresSource.IdleInWriteMax + TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Looks for the last entry of the write. Repeats the query, over new connections, until the server responds.
    /// </summary>
    /// <param name="entries">The entries that the write recorded.</param>
    /// <returns>Whether the transaction was committed.</returns>
    /// <exception cref="DatabaseUnavailable">
    /// The outcome remains unknown: the server did not answer in time, or the write recorded no entry to look for.
    /// </exception>
    public static async Task<bool> TookPlace(NpgsqlDataSource source, IReadOnlyList<Entry> entries, Exception why)
    {
        using var patience = new CancellationTokenSource(entries.Count > 0 ? Patience : TimeSpan.Zero);
        while (!patience.IsCancellationRequested)
        {
            try
            {
                return await IsStored(source, entries[^1], patience.Token);
            }
            catch (Exception e) when (PostgresErrors.IsOutage(e) || e is OperationCanceledException)
            {
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
        throw new DatabaseUnavailable("PostgreSQL did not say whether it has written.", why) { IsInDoubt = true };
    }

    private static async Task<bool> IsStored(NpgsqlDataSource source, Entry entry, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var asked = new Connection(connection, Dialect.Postgres, cancellation);
        // The write in doubt has locked this feed's row until it commits or rolls back. This statement waits for the
        // lock, so the next statement sees the final outcome.
        await asked.First<long>("select head from feed where id = @FeedId for update", new { entry.FeedId });
        return await asked.First<long>(
            "select count(*) from entry where feed_id = @FeedId and seq = @Seq and mark = @Mark",
            new { entry.FeedId, entry.Seq, entry.Mark }) > 0;
    }
}
