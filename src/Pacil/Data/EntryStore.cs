using System.Security.Cryptography;

namespace Pacil.Data;

/// <summary>Creates feeds. Numbers the changes of a write, stores them as entries, and overwrites entries.</summary>
internal static class EntryStore
{
    /// <summary>On PostgreSQL, up to this number of entries are inserted by a statement each.</summary>
    private const int SingleMax = 4;

    /// <returns>The id of the new, empty feed.</returns>
    public static Task<long> CreateFeed(WriteTransaction tx) =>
        tx.First<long>("insert into feed default values returning id");

    /// <param name="fresh">The changes of one feed.</param>
    /// <exception cref="TooManyPieces">The workspace would exceed <see cref="Counts.PiecesMax"/>.</exception>
    public static async Task<List<Entry>> Store(WriteTransaction tx, long feed, List<Change> fresh)
    {
        List<Entry> numbered = [.. await Number(tx, feed, fresh)];
        if (tx.Dialect == Dialect.Sqlite || numbered.Count <= SingleMax)
            foreach (var entry in numbered) await Insert(tx, entry);
        else await Insert(tx, numbered);
        await Queue(tx, feed, numbered);
        return numbered;
    }

    private static async Task<IEnumerable<Entry>> Number(WriteTransaction tx, long feed, List<Change> fresh)
    {
        var marked = fresh.ConvertAll(change => Entry(tx, change));
        var effect = Counts.Sum(fresh);
        var after = await Advance(tx, feed, fresh.Count, marked[^1].Mark, effect) ?? throw new TooManyPieces();
        if (effect != default)
            marked[^1] = marked[^1] with { Items = after.Items, Pieces = after.Pieces, Low = after.Low };
        var first = after.Head - fresh.Count + 1;
        // The entries of a group are undone together. Writes of the program itself are never undone, so their entries
        // need no group.
        long? group = tx.Actor.Id is not null && fresh.Count(change => !change.IsConsequence) > 1 ? first : null;
        return marked.Select((entry, i) => entry with { Seq = first + i, GroupId = group });
    }

    /// <summary>Adds to the counters of a feed.</summary>
    /// <returns>The counters after that; null if the workspace would exceed <see cref="Counts.PiecesMax"/>.</returns>
    private static async Task<FeedCounters?> Advance(
        WriteTransaction tx, long feed, int count, int mark, Counts effect)
    {
        if (tx.Locked is not { } locked || locked.Id != feed)
            return await tx.First(
                $"""
                update feed
                set head = head + @Count, mark = @Mark,
                  items = items + @Items, pieces = pieces + @Pieces, low = low + @Low
                where id = @Id and (@Pieces <= 0 or pieces <= {Counts.PiecesMax} - @Pieces)
                returning {FeedCounters.Columns}
                """,
                [
                    ("Count", count), ("Mark", mark), ("Items", effect.Items), ("Pieces", effect.Pieces),
                    ("Low", effect.Low), ("Id", feed),
                ], FeedCounters.Read);
        if (locked.Counters.Plus(count, mark, effect) is not { } after) return null;
        locked.Counters = after;
        return after;
    }

    private static Task Insert(WriteTransaction tx, Entry entry) => tx.Send(
        """
        insert into entry (
          feed_id, seq, mark, at, actor_id, kind, subject_type, subject_id, version, key, group_id, undoes, data,
          items, pieces, low)
        values (
          @FeedId, @Seq, @Mark, @At, @ActorId, @Kind, @SubjectType, @SubjectId, @Version, @Key, @GroupId, @Undoes,
          @Data, @Items, @Pieces, @Low)
        """,
        [
            ("FeedId", entry.FeedId), ("Seq", entry.Seq), ("Mark", entry.Mark), ("At", entry.At),
            ("ActorId", Null.Or(entry.ActorId)), ("Kind", entry.Kind), ("SubjectType", entry.SubjectType),
            ("SubjectId", entry.SubjectId), ("Version", entry.Version), ("Key", Null.Or(entry.Key)),
            ("GroupId", Null.Or(entry.GroupId)), ("Undoes", Null.Or(entry.Undoes)), ("Data", entry.Data),
            ("Items", Null.Or(entry.Items)), ("Pieces", Null.Or(entry.Pieces)), ("Low", Null.Or(entry.Low)),
        ]);

    /// <summary>Inserts all entries of one feed by one statement, which saves the round trip of each insert.</summary>
    private static Task<int> Insert(WriteTransaction tx, List<Entry> many) => tx.Execute(
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

    /// <summary>Queues the entries that can notify somebody. Notifications are delivered after the commit.</summary>
    private static async Task Queue(WriteTransaction tx, long feed, List<Entry> stored)
    {
        List<long> due = [.. stored.Where(entry => entry.IsDue).Select(entry => entry.Seq)];
        if (due.Count > 0)
            await tx.Execute(
                $"""
                insert into notification_due (feed_id, seq)
                select feed_id, seq from entry where feed_id = @Feed and seq {tx.Dialect.Among("@Due")}
                """, new { Feed = feed, Due = tx.Dialect.List(due) });
    }

    /// <summary>Removes entries of a feed from the queue of <see cref="Entry.IsDue"/>.</summary>
    public static Task<int> Dequeue(WriteTransaction tx, long feed, List<long> seqs) => tx.Execute(
        $"delete from notification_due where feed_id = @Feed and seq {tx.Dialect.Among("@Taken")}",
        new { Feed = feed, Taken = tx.Dialect.List(seqs) });

    /// <summary>Overwrites the data of all entries about a subject.</summary>
    /// <returns>The numbers of the overwritten entries, in no order.</returns>
    public static Task<List<long>> Overwrite(
        WriteTransaction tx, long feed, string subjectType, long subject, string data) => tx.Query<long>(
        """
        update entry set data = @Data
        where feed_id = @Feed and subject_type = @Type and subject_id = @Subject
        returning seq
        """, new { Data = data, Feed = feed, Type = subjectType, Subject = subject });

    /// <summary>Overwrites the data of all entries of a feed.</summary>
    public static Task<int> Overwrite(WriteTransaction tx, long feed, string data) => tx.Execute(
        "update entry set data = @Data where feed_id = @Feed", new { Data = data, Feed = feed });

    private static Entry Entry(WriteTransaction tx, Change change) => new()
    {
        FeedId = change.FeedId,
        Seq = 0,
        Mark = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(sizeof(int))),
        At = tx.Now,
        ActorId = tx.Actor.Id,
        ActorName = tx.Actor.Name,
        Kind = change.Kind,
        SubjectType = change.SubjectType,
        SubjectId = change.SubjectId,
        Version = change.Version,
        Key = tx.Actor.Key,
        Undoes = change.Undoes,
        Data = change.Data,
        IsDue = change.IsDue,
    };
}
