namespace Pacil.Data;

/// <summary>
/// Gives the only access to the stored data. <see cref="Write{T}"/> is the only way to change data: it opens a
/// transaction, sets the time of the write, runs the use case, stores the recorded changes in the feed, and commits.
/// After the commit, it announces the changes.
/// </summary>
internal abstract partial class Database(ILogger<Database> log) : IAsyncDisposable
{
    /// <summary>
    /// Raised after each commit of this process, with the stored entries. On SQLite, the entries of a feed arrive in
    /// the order of their numbers. On PostgreSQL they may arrive out of order; <c>Streaming/Broadcaster.cs</c> then
    /// loads the missing entries from the database.
    /// </summary>
    public event Action<IReadOnlyList<Entry>>? Committed;

    /// <summary>
    /// Raised for each line of text that another process has sent with <see cref="Broadcast"/>. The first argument is
    /// the name of the sending process, which stays the same as long as that process runs. The second argument is the
    /// line.
    /// </summary>
    public event Action<string, string>? Received;

    /// <summary>
    /// Raised when this process begins to receive the lines of other processes, and after each reconnect. Lines that
    /// were sent while this process was not connected are lost.
    /// </summary>
    public event Action? Listening;

    public abstract Dialect Dialect { get; }

    /// <summary>
    /// Identifies the history of the stored data. A restore sets a new epoch. Empty before the migration.
    /// </summary>
    public string Epoch { get; private set; } = "";

    /// <summary>
    /// Lends a connection for reading. The read stops when the caller cancels it, or when the read and the wait for a
    /// connection together take longer than <see cref="Deadlines.Read"/>.
    /// </summary>
    /// <exception cref="DatabaseUnavailable">The database does not answer, or the deadline has passed.</exception>
    public abstract Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation);

    /// <summary>
    /// Runs a use case as one transaction, and returns its result after the commit. On PostgreSQL, the use case runs
    /// again after a collision with another write, so it must have no effects outside its transaction.
    /// </summary>
    /// <param name="workspace">
    /// The workspace that the write changes; null if it changes none or several. On PostgreSQL, the writes that wait
    /// for the same workspace are committed together.
    /// </param>
    /// <exception cref="DatabaseUnavailable">
    /// Nothing is stored, unless <see cref="DatabaseUnavailable.IsInDoubt"/> is set.
    /// </exception>
    public abstract Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation, long? workspace = null);

    /// <summary>The location of the data as a phrase for messages, such as <c>in /srv/pacil</c>.</summary>
    public abstract string Place { get; }

    /// <summary>Creates the database if there is none, and migrates its schema to this program's version.</summary>
    /// <exception cref="InvalidOperationException">
    /// The database cannot be opened, or a newer version of Pacil has migrated it.
    /// </exception>
    public virtual async Task Migrate(CancellationToken cancellation) => Epoch = await Write(
        Actor.Maintenance, async tx =>
        {
            // Several processes may start at the same time. The process that gets this lock migrates. The others wait
            // for the lock and then find nothing left to migrate.
            if (Dialect == Dialect.Postgres) await tx.First<string>("select pg_advisory_xact_lock(7022)::text");
            return await Migrations.Apply(tx);
        }, cancellation);

    /// <summary>Throws if there is no database. For commands that must not create an empty database.</summary>
    /// <exception cref="InvalidOperationException">There is no database.</exception>
    public async Task RequireData(CancellationToken cancellation)
    {
        if (!await HasData(cancellation))
            throw new InvalidOperationException(
                $"There is no data {Place}. Name its folder with --data, or its database with --database.");
    }

    /// <summary>
    /// Calls <paramref name="hint"/> with the id of each feed to which another process has written, until cancelled. A
    /// call can be late or missing.
    /// </summary>
    public virtual Task Listen(Action<long> hint, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// Sends a line to the other processes on the same database, within milliseconds and in order. The line is not
    /// stored, and may be lost. On SQLite this does nothing.
    /// </summary>
    public virtual void Broadcast(string line)
    {
    }

    /// <summary>Writes a snapshot of all data to a new file. Reads and writes continue during the backup.</summary>
    /// <exception cref="InvalidOperationException">The backup cannot be written; the message says why.</exception>
    public abstract Task Backup(string file, CancellationToken cancellation);

    /// <summary>
    /// Replaces all data with a backup, and gives the restored data a new epoch. If a client then sends a cursor with
    /// the old epoch, the server tells it to load its data again. The Database object cannot be used afterwards.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file is no backup, or Pacil is running on the data.</exception>
    public abstract Task Restore(string file, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    protected virtual async Task<bool> HasData(CancellationToken cancellation) =>
        await Read(Migrations.Current, cancellation) > 0;

    protected void Receive(string sender, string line) => Received?.Invoke(sender, line);

    protected void BeginToListen() => Listening?.Invoke();

    protected virtual void Announce(IReadOnlyList<Entry> entries)
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
