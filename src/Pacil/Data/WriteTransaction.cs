using System.Data.Common;
using System.Runtime.CompilerServices;
using Pacil.Data.Postgres;

namespace Pacil.Data;

/// <summary>
/// The transaction of one write. A use case must await nothing but the methods of its transaction: on SQLite these
/// complete synchronously, so that the use case runs to its end on the writer's thread.
/// </summary>
internal sealed class WriteTransaction(
    DbConnection connection, Dialect dialect, Actor actor, DateTime now, CancellationToken cancellation)
    : Connection(connection, dialect, cancellation)
{
    private readonly List<Change> changes = [];
    private readonly List<Entry> entries = [];
    private readonly PostgresTransaction? statements;
    private IReadOnlyDictionary<long, long>? undone;

    /// <summary>A write on PostgreSQL.</summary>
    /// <param name="locked">The feed that the write's group has locked; null if the write is in no group.</param>
    public WriteTransaction(
        PostgresTransaction transaction, LockedFeed? locked, Actor actor, DateTime now, CancellationToken cancellation)
        : this(transaction.Connection, Dialect.Postgres, actor, now, cancellation) =>
        (statements, Locked) = (transaction, locked);

    public Actor Actor => actor;

    /// <summary>The feed that the write's group has locked; null if the write is in no group.</summary>
    public LockedFeed? Locked { get; }

    /// <summary>The time of the write, the same for all its rows and entries. UTC, in whole milliseconds.</summary>
    public DateTime Now => now;

    public bool IsRolledBack { get; private set; }

    protected override int? TimeoutSeconds => actor.HasDeadline ? null : 0;

    /// <returns>The number of changed rows.</returns>
    public Task<int> Execute(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Run(sql, parameters, file, line);

    /// <summary>
    /// Runs a statement whose result nobody needs, without Dapper. On PostgreSQL, it is sent together with the next
    /// one, which then throws its error.
    /// </summary>
    public Task Send(
        string sql, IReadOnlyList<(string Name, object Value)> parameters,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (statements is null) return Run(sql, parameters, file, line);
        statements.Send(Stamp(sql, file, line), parameters);
        return Task.CompletedTask;
    }

    /// <summary>Inserts a row with an id of its own, without Dapper. Returns the id.</summary>
    /// <param name="sql">A statement with the parameter <c>Id</c>, without <c>returning</c>.</param>
    public async Task<long> Insert(
        string table, string sql, IReadOnlyList<(string Name, object Value)> parameters,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (statements is null)
            return (await base.Query(
                $"{sql} returning id", [("Id", Null.Integer), .. parameters], static row => row.GetInt64(0), null,
                file, line)).Single();
        var id = await statements.Ids.Next(statements, table, 1 + (Locked?.Following ?? 0), Cancellation);
        await Send(sql, [("Id", id), .. parameters], file, line);
        return id;
    }

    public override async Task<List<T>> Query<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        Func<T, bool>? isLast = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (statements is null) return await base.Query(sql, parameters, row, isLast, file, line);
        await using var reader = await statements.Read(Stamp(sql, file, line), parameters, Cancellation);
        return await Rows(reader, row, isLast);
    }

    public override async Task<T?> First<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : class
    {
        if (statements is null) return await base.First(sql, parameters, row, file, line);
        await using var reader = await statements.Read(Stamp(sql, file, line), parameters, Cancellation);
        return await reader.ReadAsync(Cancellation) ? row(reader) : null;
    }

    /// <summary>Sends what is kept back, because Dapper's statements cannot be sent together with others.</summary>
    protected override async ValueTask<DbConnection> Ready()
    {
        if (statements is not null) await statements.Flush(Cancellation);
        return await base.Ready();
    }

    /// <summary>
    /// Locks feeds in the order of their ids, so that writes never deadlock. A write that changes several workspaces
    /// calls this before anything else. SQLite has one writer and needs no lock.
    /// </summary>
    public async Task LockFeeds(IEnumerable<long> feeds)
    {
        if (Dialect == Dialect.Sqlite) return;
        await Query<long>(
            "select id from feed where id = any(@Feeds) order by id for no key update",
            new { Feeds = feeds.ToArray() });
    }

    /// <summary>Queues a change, to be stored as an entry of its feed at the end of this transaction.</summary>
    public void Record(Change change) => changes.Add(
        !change.IsConsequence && undone?.TryGetValue(change.SubjectId, out var seq) is true
            ? change with { Undoes = seq }
            : change);

    /// <summary>The first unstored change of the feed with the lowest id; null if all changes are stored.</summary>
    public Change? FirstChange => changes.MinBy(change => change.FeedId);

    /// <summary>
    /// Runs <paramref name="apply"/>. Each change that <paramref name="apply"/> records for one of the subjects, except
    /// consequences, undoes the subject's entry.
    /// </summary>
    /// <param name="entries">The numbers of the entries that are undone, by the ids of their subjects.</param>
    public async Task<T> Undo<T>(IReadOnlyDictionary<long, long> entries, Func<Task<T>> apply)
    {
        undone = entries;
        var result = await apply();
        undone = null;
        return result;
    }

    /// <summary>Stores nothing of this write. The caller still gets the result of the use case.</summary>
    public void Rollback() => IsRolledBack = true;

    /// <summary>The entries that <see cref="StoreEntries"/> has stored so far; after the commit, all.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>
    /// Numbers the recorded changes and stores them as entries. The transaction locks the rows of its feeds here, at
    /// its end and in the order of their ids, so that writes to the same feeds wait only briefly and never deadlock. A
    /// use case whose response contains its entries calls this method as its last step.
    /// </summary>
    /// <exception cref="TooManyPieces">The workspace would exceed <see cref="Counts.PiecesMax"/>.</exception>
    public async Task<IReadOnlyList<Entry>> StoreEntries()
    {
        var feeds = changes.GroupBy(change => change.FeedId).OrderBy(feed => feed.Key).ToList();
        changes.Clear();
        foreach (var feed in feeds) entries.AddRange(await EntryStore.Store(this, feed.Key, [.. feed]));
        return entries;
    }
}
