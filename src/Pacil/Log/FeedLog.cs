using System.Data.Common;
using Pacil.Data;

namespace Pacil.Log;

/// <summary>
/// The stored log, read for one account. A feed that the account may not see counts as missing. An inbox is visible to
/// its account, the administrators' feed to administrators, any other feed to the members of its workspace.
/// </summary>
internal sealed class FeedLog(Database database, PageMemory pages)
{
    public const int PageSize = 100;

    /// <summary>The most bytes of data in a page, not counting its first and its last entry.</summary>
    private const int PageBytes = 64 * 1024;

    private const string MaySee =
        """
        (exists (select 1 from member where member.workspace_id = feed.id and member.account_id = @Account)
         or exists (select 1 from account where account.inbox_id = feed.id and account.id = @Account)
         or feed.id = @Administration and exists (
           select 1 from account where id = @Account and administrator and locked_at is null and erased_at is null))
        """;

    public string Epoch => database.Epoch;

    public PageMemory Pages => pages;

    /// <summary>The head of a feed, and the mark at a position; null if the account may not see the feed.</summary>
    public Task<Standing?> Find(long feed, long seq, long account, CancellationToken cancellation) =>
        database.Read(connection => connection.First<Standing>(
            $"""
            select feed.head, feed.mark, entry.mark as known
            from feed left join entry on entry.feed_id = feed.id and entry.seq = @Seq
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }), cancellation);

    /// <summary>The entries after a position; null if the account may not see the feed, or no longer.</summary>
    public async Task<List<Entry>?> After(long feed, long seq, long account, CancellationToken cancellation)
    {
        var entries = await Page(
            $"""
            from feed
            join entry on entry.feed_id = feed.id and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
            left join account on account.id = entry.actor_id
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }, cancellation);
        // Without entries, either there are none or the account may not see them.
        return entries.Count > 0 || await Find(feed, seq, account, cancellation) is not null ? entries : null;
    }

    /// <summary>
    /// The entries after a position, without an access check. At least two if there are two, so that a reader that
    /// begins with its last entry always advances.
    /// </summary>
    public Task<List<Entry>> After(long feed, long seq, CancellationToken cancellation) => Page(
        $"""
        from entry left join account on account.id = entry.actor_id
        where entry.feed_id = @Feed and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
        """, new { Feed = feed, Seq = seq }, cancellation);

    /// <summary>The entries up to a position, newest first, without an access check.</summary>
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

    /// <summary>The heads of feeds. A feed that a restored older database does not have is at 0.</summary>
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

    /// <summary>The number and the mark of a feed's latest entry.</summary>
    internal sealed record Head
    {
        /// <summary>For a select from feed.</summary>
        public const string Columns = "feed.id as feed, feed.head as seq, feed.mark";

        public const int ColumnCount = 3;

        public required long Feed { get; init; }
        public required long Seq { get; init; }
        public required int Mark { get; init; }

        public static Head Read(DbDataReader row, int at = 0) =>
            new() { Feed = row.GetInt64(at), Seq = row.GetInt64(at + 1), Mark = row.GetInt32(at + 2) };
    }

    /// <summary>A feed's head. <c>Known</c> is the mark at the requested position; null if there is no entry.</summary>
    internal sealed record Standing
    {
        public required long Head { get; init; }
        public required int Mark { get; init; }
        public int? Known { get; init; }
    }
}
