using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// A PostgreSQL database, which several Pacil processes can share. Writes run at READ COMMITTED; constraints and
/// conditions in UPDATE statements protect the invariants. A write that collides with another write runs again. The
/// writes of a workspace run in groups (see <see cref="PostgresWriter"/>), and each other write in a transaction of its
/// own.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly NpgsqlConnectionStringBuilder? direct;
    private readonly Deadlines deadlines;
    private readonly PostgresSignals signals;
    private readonly TimeProvider time;
    private readonly PostgresWriter writer;
    private NpgsqlDataSource source;

    /// <summary>Whether a pooler drops session settings, so that each write must set its time limits itself.</summary>
    private bool isLent;

    /// <param name="address">A connection string or a URL; see <see cref="PostgresAddress"/>.</param>
    /// <param name="direct">The address of the same database without the pooler, for signals and backups.</param>
    /// <param name="writers">How many workspaces are written at a time.</param>
    /// <exception cref="InvalidOperationException">One of the two addresses is invalid.</exception>
    public PostgresDatabase(
        string address, string? direct, int writers, Deadlines deadlines, TimeProvider time, ILogger<Database> log)
        : base(log)
    {
        server = PostgresAddress.Read(address);
        this.direct = direct is null ? null : PostgresAddress.Read(direct);
        source = PostgresSource.Make(server, deadlines.Write);
        signals = new PostgresSignals(this.direct ?? server, log);
        (this.deadlines, this.time) = (deadlines, time);
        writer = new PostgresWriter(
            writers, () => Begin(Actor.Program, CancellationToken.None), Translate, time, Announce);
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
            throw Translate(e);
        }
    }

    public override async Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation, long? workspace = null)
    {
        if (workspace is { } shared) return await writer.Write(shared, actor, apply, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Attempt(actor, apply, cancellation);
            }
            catch (Exception e) when (PostgresErrors.IsCollision(e) && attempt < PostgresWriter.AttemptsMax)
            {
                await Task.Delay(Random.Shared.Next(5 * attempt), cancellation);
            }
            catch (Exception e) when (PostgresErrors.IsOutage(e))
            {
                throw Translate(e);
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
        if (isLent && direct is null)
            throw new InvalidOperationException(
                "Behind a pooler nobody can tell whether Pacil is running; name --database-direct.");
        if (await Read(PostgresBackup.IsRunning, cancellation))
            throw new InvalidOperationException("Pacil is running on this database; stop every process first.");
        await PostgresBackup.Restore(direct ?? server, file, cancellation);
        await Write(Actor.Program, tx => tx.Execute(
            "update meta set epoch = @Epoch", new { Epoch = Migrations.NewEpoch() }), cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await writer.Stop();
        await source.DisposeAsync();
    }

    protected override void Announce(IReadOnlyList<Entry> entries)
    {
        base.Announce(entries);
        signals.Send(entries);
    }

    private async Task UsePooler()
    {
        await source.DisposeAsync();
        (isLent, source) = (true, PostgresSource.Make(server, deadlines.Write, isLent: true));
        if (direct is null) signals.TurnOff();
    }

    private async Task<T> Attempt<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        await using var transaction = await Begin(actor, cancellation);
        var write = new WriteTransaction(transaction, null, actor, time.UtcNow(), cancellation);
        var answer = await apply(write);
        if (write.IsRolledBack) return answer;
        var entries = await write.StoreEntries();
        await transaction.Commit(entries);
        Announce(entries);
        return answer;
    }

    private Task<PostgresTransaction> Begin(Actor actor, CancellationToken cancellation) =>
        PostgresTransaction.Begin(
            source, isLent ? PostgresSource.Limits("set local", deadlines.Write) : [], actor.HasDeadline, cancellation);

    private Exception Translate(Exception e) => PostgresErrors.Translate(e, source);
}
