using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// Detects a connection pooler that lends a PostgreSQL server process only for the duration of a transaction, as
/// PgBouncer does with <c>pool_mode = transaction</c>. Behind such a pooler, session settings, prepared statements and
/// LISTEN end with the transaction.
/// </summary>
internal static class PostgresPooler
{
    private const int LooksMax = 5;
    private const int PatienceSeconds = 5;

    /// <summary>
    /// Whether a pooler lends server processes per transaction. Two open sessions have the same server process only if
    /// such a pooler has lent the process of the first session to the second session.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The connection string requests prepared statements, but the pooler does not support them.
    /// </exception>
    public static async Task<bool> IsBefore(NpgsqlConnectionStringBuilder server, CancellationToken cancellation)
    {
        var isPrepared = PostgresSource.SaysPrepared(server) && server.MaxAutoPrepare > 0;
        var own = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 0,
            CommandTimeout = PatienceSeconds,
        };
        await using var source = PostgresSource.Builder(own).Build();
        await using var first = await source.OpenConnectionAsync(cancellation);
        await using var second = await source.OpenConnectionAsync(cancellation);
        try
        {
            return await IsLent(first, second, isPrepared, cancellation);
        }
        catch (PostgresException e) when (e.SqlState is
            PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement)
        {
            throw new InvalidOperationException(
                "The pooler before PostgreSQL keeps no prepared statements: take Max Auto Prepare out of --database, "
                + "or let PgBouncer keep them by max_prepared_statements.", e);
        }
    }

    private static async Task<bool> IsLent(
        NpgsqlConnection first, NpgsqlConnection second, bool isPrepared, CancellationToken cancellation)
    {
        await using var asked = new NpgsqlCommand("select pg_backend_pid()", first);
        await using var askedMeanwhile = new NpgsqlCommand(asked.CommandText, second);
        if (isPrepared) await asked.PrepareAsync(cancellation);
        for (var look = 0; look < LooksMax; look++)
        {
            var lent = await asked.ExecuteScalarAsync(cancellation);
            await using var holding = await second.BeginTransactionAsync(cancellation);
            if (!Equals(lent, await askedMeanwhile.ExecuteScalarAsync(cancellation))) continue;
            // The second session still uses the server process, so the pooler runs this prepared statement in another
            // process. The statement fails there unless the pooler supports prepared statements.
            if (isPrepared) await asked.ExecuteScalarAsync(cancellation);
            return true;
        }
        return false;
    }
}
