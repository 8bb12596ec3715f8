using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// A pooler between Pacil and PostgreSQL that lends a server process for one transaction only, as PgBouncer does with
/// <c>pool_mode = transaction</c>. Settings, prepared statements and LISTEN then end with the transaction.
/// </summary>
internal static class PostgresPooler
{
    private const int LooksMax = 5;
    private const int PatienceSeconds = 5;

    /// <summary>Two sessions that are open at once have two server processes, unless a pooler lends them.</summary>
    /// <exception cref="InvalidOperationException">Statements shall be prepared, but the pooler keeps none.</exception>
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
            // Another server process runs this. It fails there if the pooler does not keep prepared statements.
            if (isPrepared) await asked.ExecuteScalarAsync(cancellation);
            return true;
        }
        return false;
    }
}
