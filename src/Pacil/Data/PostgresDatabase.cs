using System.Data;
using Npgsql;

namespace Pacil.Data;

/// <summary>
/// The database server for many processes. READ COMMITTED: invariants are kept by guarded updates and constraints.
/// A write that met another is repeated as a whole.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const int AttemptsMax = 10;

    private readonly NpgsqlDataSource source;
    private readonly PostgresSignals signals;
    private readonly string settings;
    private readonly TimeSpan readMax;
    private readonly TimeProvider time;

    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Database=…;Username=…</c>.</param>
    public PostgresDatabase(
        string connectionString, Deadlines deadlines, TimeProvider time, ILogger<Database> log) : base(log)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Max Auto Prepare")) builder.MaxAutoPrepare = 200;
        // A data source's own connection string has lost its password.
        settings = builder.ConnectionString;
        source = PostgresSource.Make(builder, deadlines.Write);
        signals = new PostgresSignals(builder, log);
        readMax = deadlines.Read;
        this.time = time;
    }

    public override Dialect Dialect => Dialect.Postgres;

    public override async Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(readMax);
        try
        {
            await using var connection = await source.OpenConnectionAsync(deadline.Token);
            return await query(new Connection(connection, Dialect, deadline.Token));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw DatabaseUnavailable.Late(e);
        }
        catch (Exception e) when (PostgresErrors.IsOutage(e))
        {
            throw Understood(e, "PostgreSQL does not answer.");
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
                throw Understood(e, "PostgreSQL cannot write.");
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

    private static DatabaseUnavailable Understood(Exception e, string message) =>
        PostgresErrors.IsLate(e) ? DatabaseUnavailable.Late(e) : new DatabaseUnavailable(message, e);

    private async Task<T> Attempt<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var write = new WriteTransaction(connection, Dialect, actor, time.UtcNow(), cancellation);
        if (!actor.HasDeadline) await write.Execute("set local statement_timeout = 0");
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
