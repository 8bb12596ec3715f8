using System.Data.Common;
using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// The log as it is stored, read for one account: what it may not see is not there. An inbox belongs to one
/// account, the administrators' feed to them; any other to the members of its workspace.
/// </summary>
internal sealed class FeedLog(Database database, PageMemory pages)
{
    /// <summary>How many entries of a log are read at once.</summary>
    public const int PageSize = 100;

    /// <summary>How many bytes of their data, beside the first and the last of them.</summary>
    private const int PageBytes = 64 * 1024;

    private const string MaySee =
        """
        (exists (select 1 from member where member.workspace_id = feed.id and member.account_id = @Account)
         or exists (select 1 from account where account.inbox_id = feed.id and account.id = @Account)
         or feed.id = @Administration and exists (
           select 1 from account where id = @Account and administrator and locked_at is null and erased_at is null))
        """;

    public string Epoch => database.Epoch;

    /// <summary>For those who read it page by page.</summary>
    public PageMemory Pages => pages;

    /// <summary>Where a feed ends, and the mark at a place in it; null where it is not to be seen.</summary>
    public Task<Standing?> Find(long feed, long seq, long account, CancellationToken cancellation) =>
        database.Read(connection => connection.First<Standing>(
            $"""
            select feed.head, feed.mark, entry.mark as known
            from feed left join entry on entry.feed_id = feed.id and entry.seq = @Seq
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }), cancellation);

    /// <summary>The entries after a place; null where they are not, or no longer, to be seen.</summary>
    public async Task<List<Entry>?> After(long feed, long seq, long account, CancellationToken cancellation)
    {
        var entries = await Page(
            $"""
            from feed
            join entry on entry.feed_id = feed.id and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
            left join account on account.id = entry.actor_id
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }, cancellation);
        // Nothing to see, or nothing that may be seen.
        return entries.Count > 0 || await Find(feed, seq, account, cancellation) is not null ? entries : null;
    }

    /// <summary>The entries after a place, for everyone who may see them; two at least where there are two.</summary>
    public Task<List<Entry>> After(long feed, long seq, CancellationToken cancellation) => Page(
        $"""
        from entry left join account on account.id = entry.actor_id
        where entry.feed_id = @Feed and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
        """, new { Feed = feed, Seq = seq }, cancellation);

    /// <summary>The entries that lead to a place, for everyone who may see them; the latest first.</summary>
    public Task<List<Entry>> Before(long feed, long seq, CancellationToken cancellation) => Page(
        $"""
        from entry left join account on account.id = entry.actor_id
        where entry.feed_id = @Feed and entry.seq <= @Seq and entry.seq > @Seq - {PageSize}
        """, new { Feed = feed, Seq = seq }, cancellation, "desc");

    private Task<List<Entry>> Page(
        string source, object parameters, CancellationToken cancellation, string direction = "asc") =>
        database.Read(connection =>
        {
            var bytes = new RowBytes(PageBytes);
            var ahead = RowBytes.Ahead(connection.Dialect, "entry.data", $"entry.seq {direction}");
            return connection.Query<Entry>(
                $"""
                select * from (select {EntryJson.Columns}, {ahead} as ahead {source}) entry
                where ahead <= {PageBytes}
                order by seq {direction}
                """, parameters, entry => bytes.Add(entry.Data));
        }, cancellation);

    /// <summary>Where these feeds end; one that a database of the past has not yet, before its first entry.</summary>
    public async Task<List<Head>> Heads(long[] feeds, CancellationToken cancellation)
    {
        var found = await database.Read(connection => connection.Query<Head>(
            $"select {Head.Columns} from feed where id {connection.Dialect.Among("@Feeds")}",
            new { Feeds = connection.Dialect.List(feeds) }), cancellation);
        if (found.Count < feeds.Length)
            foreach (var feed in feeds.Except(found.Select(head => head.Feed)).ToList())
                found.Add(new Head { Feed = feed, Seq = 0, Mark = 0 });
        return found;
    }

    /// <summary>The end of a feed.</summary>
    internal sealed record Head
    {
        /// <summary>For a select from feed.</summary>
        public const string Columns = "feed.id as feed, feed.head as seq, feed.mark";

        public const int ColumnCount = 3;

        public required long Feed { get; init; }
        public required long Seq { get; init; }
        public required int Mark { get; init; }

        /// <summary>Of a row that has the columns there.</summary>
        public static Head Read(DbDataReader row, int at = 0) =>
            new() { Feed = row.GetInt64(at), Seq = row.GetInt64(at + 1), Mark = row.GetInt32(at + 2) };
    }

    /// <param name="Known">The mark at the place that was asked for; null where there is no entry.</param>
    internal sealed record Standing
    {
        public required long Head { get; init; }
        public required int Mark { get; init; }
        public int? Known { get; init; }
    }
}
