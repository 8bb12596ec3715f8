using System.Data;
using Npgsql;

namespace Pacil.Data;

/// <summary>
/// The database server for many processes. READ COMMITTED: invariants are kept by guarded updates and constraints.
/// A write that met another is repeated as a whole.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>
    /// The server ends a write that says nothing for so long, because its process or the way to it is gone: until
    /// then nobody else can write to the same feed.
    /// </summary>
    public static readonly TimeSpan IdleInWriteMax = TimeSpan.FromSeconds(10);

    private const int AttemptsMax = 10;

    private readonly NpgsqlDataSource source;
    private readonly PostgresSignals signals;
    private readonly string settings;
    private readonly TimeProvider time;

    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Database=…;Username=…</c>.</param>
    public PostgresDatabase(string connectionString, TimeProvider time, ILogger<Database> log) : base(log)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Max Auto Prepare")) builder.MaxAutoPrepare = 200;
        // A data source's own connection string has lost its password.
        settings = builder.ConnectionString;
        source = MakeSource(builder);
        signals = new PostgresSignals(builder, log);
        this.time = time;
    }

    public override Dialect Dialect => Dialect.Postgres;

    public override async Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await query(new Connection(connection, Dialect, cancellation));
        }
        catch (Exception e) when (PostgresErrors.IsOutage(e))
        {
            throw new DatabaseUnavailable("PostgreSQL does not answer.", e);
        }
    }

    public override async Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Attempt(actor, apply, cancellation);
            }
            catch (PostgresException e) when (PostgresErrors.IsCollision(e) && attempt < AttemptsMax)
            {
                await Task.Delay(Random.Shared.Next(5 * attempt), cancellation);
            }
            catch (Exception e) when (PostgresErrors.IsOutage(e))
            {
                throw new DatabaseUnavailable("PostgreSQL cannot write.", e);
            }
        }
    }

    public override Task Listen(Action<long> hint, CancellationToken cancellation) =>
        signals.Run(new(hint, Hear, BeginToListen), cancellation);

    public override void Say(string line) => signals.Say(line);

    public override Task Backup(string file, CancellationToken cancellation) =>
        PostgresBackup.Dump(settings, file, cancellation);

    public override async Task Restore(string file, CancellationToken cancellation)
    {
        if (await Read(connection => connection.First<long>(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name like 'pacil %'
            """), cancellation) > 0)
            throw new InvalidOperationException("Pacil is running on this database; stop every process first.");
        await PostgresBackup.Restore(settings, file, cancellation);
        await Write(Actor.Program, tx => tx.Execute(
            "update meta set epoch = @Epoch", new { Epoch = Migrations.NewEpoch() }), cancellation);
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlDataSource MakeSource(NpgsqlConnectionStringBuilder settings)
    {
        // Nothing is ever set for longer than a transaction but this, so nothing needs to be put back.
        settings.NoResetOnClose = true;
        var limit = $"set idle_in_transaction_session_timeout = {(int)IdleInWriteMax.TotalMilliseconds}";
        var made = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        made.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(limit, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(limit, connection);
                await command.ExecuteNonQueryAsync();
            });
        return made.Build();
    }

    private async Task<T> Attempt<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var write = new WriteTransaction(connection, Dialect, actor, time.UtcNow(), cancellation);
        var answer = await apply(write);
        if (write.IsRolledBack) return answer;
        var entries = await write.StoreEntries();
        // From here on the caller's patience no longer counts: the commit is seen through, and announced.
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (!PostgresErrors.IsRefusal(e))
        {
            await connection.DisposeAsync();
            if (!await CommitInDoubt.TookPlace(source, entries, e)) throw;
        }
        Announce(entries);
        signals.Send(entries);
        return answer;
    }
}
