using Npgsql;

namespace Pacil.Data;

/// <summary>
/// A pooler between Pacil and PostgreSQL that lends one of the server's processes for a transaction only, as
/// PgBouncer does with <c>pool_mode = transaction</c>. Nothing that is set, prepared or listened to outlives it then.
/// </summary>
internal static class PostgresPooler
{
    private const int LooksMax = 5;
    private const int PatienceSeconds = 5;

    /// <summary>Two sessions at once have two processes, unless somebody lends them.</summary>
    /// <exception cref="InvalidOperationException">
    /// Statements shall be prepared, as the connection string says, and the pooler does not keep them.
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
        await using var first = new NpgsqlConnection(own.ConnectionString);
        await using var second = new NpgsqlConnection(own.ConnectionString);
        await first.OpenAsync(cancellation);
        await second.OpenAsync(cancellation);
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
            // By another process, which has prepared nothing.
            if (isPrepared) await asked.ExecuteScalarAsync(cancellation);
            return true;
        }
        return false;
    }
}
