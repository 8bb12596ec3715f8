namespace Pacil.Data;

/// <summary>
/// The only access to the stored data. <see cref="Write{T}"/> is the only way to change anything: it opens the
/// transaction, fixes the time, stores the recorded changes in the feed, commits, and only then announces them.
/// </summary>
internal abstract partial class Database(ILogger<Database> log) : IAsyncDisposable
{
    /// <summary>
    /// Raised after a commit. On SQLite in the order of the feed; see <c>Streaming/Broadcaster.cs</c>.
    /// </summary>
    public event Action<IReadOnlyList<Entry>>? Committed;

    /// <summary>Raised for a line of another process: the sender's name, fixed while it runs, and the line.</summary>
    public event Action<string, string>? Received;

    /// <summary>Raised when lines of other processes begin to arrive; earlier lines are lost.</summary>
    public event Action? Listening;

    public abstract Dialect Dialect { get; }

    /// <summary>Names this history of the database. Known after the migration.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>
    /// Lends a connection for reading. The read stops when the caller cancels it, or when it takes longer than the
    /// settings allow, including the wait for a connection.
    /// </summary>
    /// <exception cref="DatabaseUnavailable">The database does not answer, or the deadline has passed.</exception>
    public abstract Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation);

    /// <summary>
    /// Runs a use case as one transaction. It may run more than once, because PostgreSQL may require it, so it must
    /// have no effects outside its transaction. The result is returned only after the commit.
    /// </summary>
    /// <exception cref="DatabaseUnavailable">The write may be retried: nothing is stored, unless IsInDoubt.</exception>
    public abstract Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation);

    /// <summary>Where the data is, for people: <c>in /srv/pacil</c>.</summary>
    public abstract string Place { get; }

    /// <summary>Creates the database if there is none, and migrates its schema to this program's version.</summary>
    /// <exception cref="InvalidOperationException">It cannot be opened, or is of a newer program.</exception>
    public virtual async Task Migrate(CancellationToken cancellation) => Epoch = await Write(
        Actor.Maintenance, async tx =>
        {
            // Several processes may start at once: one migrates, the others wait and find it done.
            if (Dialect == Dialect.Postgres) await tx.First<string>("select pg_advisory_xact_lock(7022)::text");
            return await Migrations.Apply(tx);
        }, cancellation);

    /// <summary>Checks that there is data, for commands that must not create any.</summary>
    /// <exception cref="InvalidOperationException">There is no data.</exception>
    public async Task RequireData(CancellationToken cancellation)
    {
        if (!await HasData(cancellation))
            throw new InvalidOperationException(
                $"There is no data {Place}. Name its folder with --data, or its database with --database.");
    }

    /// <summary>Reports feeds that other processes write to, until cancelled. Hints may be late or lost.</summary>
    public virtual Task Listen(Action<long> hint, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Sends a line to the other processes, soon and in order. It is not stored, and may be lost.</summary>
    public virtual void Broadcast(string line)
    {
    }

    /// <summary>Writes a snapshot of all data to a new file, while others read and write.</summary>
    /// <exception cref="InvalidOperationException">It cannot be written; the message says why.</exception>
    public abstract Task Backup(string file, CancellationToken cancellation);

    /// <summary>
    /// Replaces the data with a backup. This begins a new history with a new epoch, so subscribers of the feed get a
    /// reset. This object cannot be used afterwards.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not a backup, or a program is running on the data.</exception>
    public abstract Task Restore(string file, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    protected virtual async Task<bool> HasData(CancellationToken cancellation) =>
        await Read(Migrations.Current, cancellation) > 0;

    protected void Receive(string sender, string line) => Received?.Invoke(sender, line);

    protected void BeginToListen() => Listening?.Invoke();

    protected void Announce(IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0) return;
        try
        {
            Committed?.Invoke(entries);
        }
        catch (Exception e)
        {
            LogAnnouncementFailed(e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A committed change could not be announced; followers find it in the database.")]
    private partial void LogAnnouncementFailed(Exception e);
}
