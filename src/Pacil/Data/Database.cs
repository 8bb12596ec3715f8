namespace Pacil.Data;

/// <summary>
/// The one door to what is stored. <see cref="Write{T}"/> is the only way to change anything: it opens the
/// transaction, fixes the clock, stores what was recorded in the feed, commits, and only then announces it.
/// </summary>
internal abstract partial class Database(ILogger<Database> log) : IAsyncDisposable
{
    /// <summary>
    /// After a commit, with its entries. On SQLite in the order of the feed; see <c>Feed/Broadcaster.cs</c>.
    /// </summary>
    public event Action<IReadOnlyList<Entry>>? Committed;

    /// <summary>What another process said: who, a name it has for as long as it runs, and a line.</summary>
    public event Action<string, string>? Received;

    /// <summary>From now on others are heard; what they said before is lost.</summary>
    public event Action? Listening;

    public abstract Dialect Dialect { get; }

    /// <summary>Names this history of the database. Known once it is migrated.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>
    /// Lends a connection for reading. A read that nobody waits for any more is stopped, and so is one that takes
    /// longer than the settings let it, waiting for a connection included.
    /// </summary>
    /// <exception cref="DatabaseUnavailable">The database does not answer, or the deadline has passed.</exception>
    public abstract Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation);

    /// <summary>
    /// Runs a use case as one transaction. It may run more than once (PostgreSQL may ask to repeat it), so it must
    /// do nothing but through its transaction. The answer comes only after the commit.
    /// </summary>
    /// <exception cref="DatabaseUnavailable">Nothing is stored; it may be tried again.</exception>
    public abstract Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation);

    /// <summary>Where the data is, for people: <c>in /srv/pacil</c>.</summary>
    public abstract string Place { get; }

    /// <summary>Makes the database where there is none, and brings its schema up to what this program knows.</summary>
    /// <exception cref="InvalidOperationException">
    /// It cannot be made or opened, or was written by a newer program; the sentence says which.
    /// </exception>
    public virtual async Task Migrate(CancellationToken cancellation) => Epoch = await Write(
        Actor.Maintenance, async tx =>
        {
            // Several processes may start at once; one migrates, the others wait and find it done.
            if (Dialect == Dialect.Postgres) await tx.First<string>("select pg_advisory_xact_lock(7022)::text");
            return await Migrations.Apply(tx);
        }, cancellation);

    /// <summary>For what only reads or changes what is there: it makes nothing.</summary>
    /// <exception cref="InvalidOperationException">There is no data.</exception>
    public async Task RequireData(CancellationToken cancellation)
    {
        if (!await HasData(cancellation))
            throw new InvalidOperationException(
                $"There is no data {Place}. Name its folder with --data, or its database with --database.");
    }

    /// <summary>
    /// Tells which feeds other processes have written to, until cancelled. A hint may come late or never.
    /// </summary>
    public virtual Task Listen(Action<long> hint, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// Says a line to the other processes on this database, in order, soon. It is stored nowhere, and may get lost.
    /// </summary>
    public virtual void Broadcast(string line)
    {
    }

    /// <summary>Writes all there is, as of one moment, to a new file; others may go on reading and writing.</summary>
    /// <exception cref="InvalidOperationException">It cannot be written; the sentence says why.</exception>
    public abstract Task Backup(string file, CancellationToken cancellation);

    /// <summary>
    /// Replaces the data by a backup, as a new history with an epoch of its own: subscribers of the feed get a reset.
    /// This object cannot be used afterwards.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is no backup, or a program runs on the data.</exception>
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
