using Npgsql;
using Pacil.Data.Postgres;

namespace Pacil.Data;

/// <summary>
/// A commit that PostgreSQL did not answer, because the connection broke or the server stopped. The log shows whether
/// it took place: an entry keeps its number for ever, and its mark is random.
/// </summary>
internal static class CommitInDoubt
{
    private static readonly TimeSpan Patience = PostgresSource.IdleInWriteMax + TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks over other connections until the outcome is known.</summary>
    /// <param name="entries">The entries that the write recorded.</param>
    /// <exception cref="DatabaseUnavailable">The outcome cannot be known.</exception>
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
        // Wait for the write: it holds the row of its feed until it commits or rolls back.
        await asked.First<long>("select head from feed where id = @FeedId for update", new { entry.FeedId });
        return await asked.First<long>(
            "select count(*) from entry where feed_id = @FeedId and seq = @Seq and mark = @Mark",
            new { entry.FeedId, entry.Seq, entry.Mark }) > 0;
    }
}
