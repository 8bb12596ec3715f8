using System.Data.Common;
using System.Runtime.CompilerServices;

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
    private IReadOnlyDictionary<long, long>? undone;

    public Actor Actor => actor;

    /// <summary>The time of the write, the same for all its rows and entries. UTC, in whole milliseconds.</summary>
    public DateTime Now => now;

    public bool IsRolledBack { get; private set; }

    protected override int? TimeoutSeconds => actor.HasDeadline ? null : 0;

    /// <returns>The number of changed rows.</returns>
    public Task<int> Execute(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Run(sql, parameters, file, line);

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

    /// <summary>
    /// The entries that <see cref="StoreEntries"/> has stored so far. After the commit, all entries of the write.
    /// </summary>
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
