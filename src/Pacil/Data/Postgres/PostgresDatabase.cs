using System.Data;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// A PostgreSQL database, which several Pacil processes can share. Writes run at READ COMMITTED; constraints and
/// conditions in UPDATE statements protect the invariants. A write that collides with another write runs again.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const int AttemptsMax = 10;

    private readonly NpgsqlConnectionStringBuilder server;
    private readonly NpgsqlConnectionStringBuilder? direct;
    private readonly Deadlines deadlines;
    private readonly PostgresSignals signals;
    private readonly TimeProvider time;
    private NpgsqlDataSource source;

    /// <summary>The SQL for each write's time limits if a pooler drops session settings; otherwise null.</summary>
    private string? limits;

    /// <param name="address">A connection string or a URL; see <see cref="PostgresAddress"/>.</param>
    /// <param name="direct">The address of the same database without the pooler, for signals and backups.</param>
    /// <exception cref="InvalidOperationException">One of the two addresses is invalid.</exception>
    public PostgresDatabase(
        string address, string? direct, Deadlines deadlines, TimeProvider time, ILogger<Database> log) : base(log)
    {
        server = PostgresAddress.Read(address);
        this.direct = direct is null ? null : PostgresAddress.Read(direct);
        source = PostgresSource.Make(server, deadlines.Write);
        signals = new PostgresSignals(this.direct ?? server, log);
        (this.deadlines, this.time) = (deadlines, time);
    }

    public override string Place => $"on PostgreSQL at {server.Host}, database {server.Database ?? server.Username}";

    public override Dialect Dialect => Dialect.Postgres;

    public override async Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(deadlines.Read);
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
            throw Translate(e, "PostgreSQL does not answer.");
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
                throw Translate(e, "PostgreSQL cannot write.");
            }
        }
    }

    public override async Task Migrate(CancellationToken cancellation)
    {
        if (await PostgresPooler.IsBefore(server, cancellation)) await UsePooler();
        await base.Migrate(cancellation);
    }

    public override Task Listen(Action<long> hint, CancellationToken cancellation) =>
        signals.Run(new(hint, Receive, BeginToListen), cancellation);

    public override void Broadcast(string line) => signals.Notify(line);

    public override Task Backup(string file, CancellationToken cancellation) =>
        PostgresBackup.Dump(direct ?? server, file, cancellation);

    public override async Task Restore(string file, CancellationToken cancellation)
    {
        // The migration creates the extensions in an empty database. The restore does not create them.
        await Migrate(cancellation);
        if (limits is not null && direct is null)
            throw new InvalidOperationException(
                "Behind a pooler nobody can tell whether Pacil is running; name --database-direct.");
        if (await Read(PostgresBackup.IsRunning, cancellation))
            throw new InvalidOperationException("Pacil is running on this database; stop every process first.");
        await PostgresBackup.Restore(direct ?? server, file, cancellation);
        await Write(Actor.Program, tx => tx.Execute(
            "update meta set epoch = @Epoch", new { Epoch = Migrations.NewEpoch() }), cancellation);
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task UsePooler()
    {
        await source.DisposeAsync();
        source = PostgresSource.Make(server, deadlines.Write, isLent: true);
        limits = PostgresSource.Limits("set local", deadlines.Write);
        if (direct is null) signals.TurnOff();
    }

    private DatabaseUnavailable Translate(Exception e, string message)
    {
        if (PostgresErrors.IsStale(e)) source.Clear();
        return PostgresErrors.IsLate(e) ? DatabaseUnavailable.Late(e) : new DatabaseUnavailable(message, e);
    }

    private async Task<T> Attempt<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var write = new WriteTransaction(connection, Dialect, actor, time.UtcNow(), cancellation);
        if (limits is not null) await write.Execute(limits);
        if (!actor.HasDeadline) await write.Execute("set local statement_timeout = 0");
        var answer = await apply(write);
        if (write.IsRolledBack) return answer;
        var entries = await write.StoreEntries();
        // Ignore cancellation from here on, so that every committed write is also announced.
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
