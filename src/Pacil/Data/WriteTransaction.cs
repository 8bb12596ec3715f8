using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pacil.Web;

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
    private long? undoes;

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
    public void Record(Change change) =>
        changes.Add(change.IsConsequence ? change : change with { Undoes = change.Undoes ?? undoes });

    /// <summary>The first unstored change of the feed with the lowest id; null if all changes are stored.</summary>
    public Change? FirstChange => changes.MinBy(change => change.FeedId);

    /// <summary>
    /// Runs <paramref name="apply"/>. The changes that it records undo the entry with number <paramref name="seq"/>.
    /// </summary>
    public async Task<T> Undo<T>(long seq, Func<Task<T>> apply)
    {
        undoes = seq;
        var result = await apply();
        undoes = null;
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
    /// <exception cref="ProblemException">409: the workspace would exceed <see cref="Counts.PiecesMax"/>.</exception>
    public async Task<IReadOnlyList<Entry>> StoreEntries()
    {
        var feeds = changes.GroupBy(change => change.FeedId).OrderBy(feed => feed.Key).ToList();
        changes.Clear();
        foreach (var feed in feeds)
        {
            List<Entry> numbered = [.. await Number(feed.Key, [.. feed])];
            if (Dialect == Dialect.Sqlite || numbered.Count == 1)
                foreach (var entry in numbered) await Store(entry);
            else await Store(numbered);
            entries.AddRange(numbered);
        }
        return entries;
    }

    private async Task<IEnumerable<Entry>> Number(long feed, List<Change> fresh)
    {
        var marked = fresh.ConvertAll(Entry);
        var effect = Counts.Sum(fresh);
        var after = await First<After>(
            $"""
            update feed
            set head = head + @Count, mark = @Mark,
                items = items + @Items, pieces = pieces + @Pieces, low = low + @Low
            where id = @Id and (@Pieces <= 0 or pieces <= {Counts.PiecesMax} - @Pieces)
            returning head, items, pieces, low
            """, new { fresh.Count, marked[^1].Mark, effect.Items, effect.Pieces, effect.Low, Id = feed })
            ?? throw Counts.TooManyPieces;
        if (effect != default)
            marked[^1] = marked[^1] with { Items = after.Items, Pieces = after.Pieces, Low = after.Low };
        var first = after.Head - fresh.Count + 1;
        // Entries form a group so that they are undone together. Nothing undoes writes of the program itself.
        long? group = actor.Id is not null && fresh.Count(change => !change.IsConsequence) > 1 ? first : null;
        return marked.Select((entry, i) => entry with { Seq = first + i, GroupId = group });
    }

    private Task<int> Store(Entry entry) => Execute(
        """
        insert into entry (
          feed_id, seq, mark, at, actor_id, kind, subject_type, subject_id, version, key, group_id, undoes, data,
          items, pieces, low)
        values (
          @FeedId, @Seq, @Mark, @At, @ActorId, @Kind, @SubjectType, @SubjectId, @Version, @Key, @GroupId, @Undoes,
          @Data, @Items, @Pieces, @Low)
        """, entry);

    /// <summary>Inserts all entries of one feed by one statement, which saves the round trip of each insert.</summary>
    private Task<int> Store(List<Entry> many) => Execute(
        """
        insert into entry (
          feed_id, seq, mark, at, actor_id, kind, subject_type, subject_id, version, key, group_id, undoes, data,
          items, pieces, low)
        select @FeedId, seq, mark, @At, @ActorId, kind, subject_type, subject_id, version, @Key, @GroupId, undoes, data,
          items, pieces, low
        from unnest(
          @Seqs, @Marks, @Kinds, @SubjectTypes, @SubjectIds, @Versions, @Undoings, @Datas, @Items, @Pieces, @Lows)
          as one (seq, mark, kind, subject_type, subject_id, version, undoes, data, items, pieces, low)
        """, new EntryColumns(many));

    private Entry Entry(Change change) => new()
    {
        FeedId = change.FeedId,
        Seq = 0,
        Mark = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(sizeof(int))),
        At = now,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Kind = change.Kind,
        SubjectType = change.SubjectType,
        SubjectId = change.SubjectId,
        Version = change.Version,
        Key = actor.Key,
        Undoes = change.Undoes,
        Data = change.Data,
    };

    private sealed record After
    {
        public required long Head { get; init; }
        public required long Items { get; init; }
        public required long Pieces { get; init; }
        public required long Low { get; init; }
    }
}
