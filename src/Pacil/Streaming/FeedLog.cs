using Pacil.Data;
using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>
/// Reads feeds from the database. Methods with an account check its access: an account can see its own inbox and the
/// feeds of the workspaces of which it is a member. Administrators can also see the administrators' feed. All other
/// feeds are treated as missing.
/// </summary>
internal sealed class FeedLog(Database database, PageMemory pages)
{
    /// <summary>
    /// The columns of an <see cref="Entry"/>, for a SELECT from <c>entry</c> with a left join of the actor's
    /// <c>account</c>.
    /// </summary>
    public const string EntryColumns =
        """
        entry.feed_id, entry.seq, entry.mark, entry.at, entry.actor_id, coalesce(account.username, '') as actor_name,
        entry.kind, entry.subject_type, entry.subject_id, entry.version, entry.key, entry.group_id, entry.undoes,
        entry.data, entry.items, entry.pieces, entry.low
        """;

    public const int PageSize = 100;

    /// <summary>
    /// The maximum number of bytes of entry data in a page of entries, not counting the first entry. The entry that
    /// exceeds the maximum is still in the page.
    /// </summary>
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

    /// <summary>
    /// The head of a feed, and the mark (random number) of the entry with the number <paramref name="seq"/>.
    /// </summary>
    /// <returns>Null if the account may not see the feed.</returns>
    public Task<Standing?> Find(long feed, long seq, long account, CancellationToken cancellation) =>
        database.Read(connection => connection.First<Standing>(
            $"""
            select feed.head, feed.mark, entry.mark as known
            from feed left join entry on entry.feed_id = feed.id and entry.seq = @Seq
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }), cancellation);

    /// <summary>Reads a page of entries after the number <paramref name="seq"/>, oldest first.</summary>
    /// <returns>Null if the account may not see the feed.</returns>
    public async Task<List<Entry>?> After(long feed, long seq, long account, CancellationToken cancellation)
    {
        var entries = await Page(
            $"""
            from feed
            join entry on entry.feed_id = feed.id and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
            left join account on account.id = entry.actor_id
            where feed.id = @Feed and {MaySee}
            """, new { Feed = feed, Seq = seq, Account = account, Entry.Administration }, cancellation);
        // An empty page has two possible causes: there are no more entries, or the account may not see the feed.
        return entries.Count > 0 || await Find(feed, seq, account, cancellation) is not null ? entries : null;
    }

    /// <summary>
    /// Reads a page of entries after the number <paramref name="seq"/>, oldest first, without an access check. If at
    /// least two such entries exist, the page has at least two, whatever their size: the caller already knows the first
    /// entry and needs the second to advance.
    /// </summary>
    public Task<List<Entry>> After(long feed, long seq, CancellationToken cancellation) => Page(
        $"""
        from entry left join account on account.id = entry.actor_id
        where entry.feed_id = @Feed and entry.seq > @Seq and entry.seq <= @Seq + {PageSize}
        """, new { Feed = feed, Seq = seq }, cancellation);

    /// <summary>
    /// Reads a page of entries up to and including the number <paramref name="seq"/>, newest first, without an access
    /// check.
    /// </summary>
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
                select * from (select {EntryColumns}, {ahead} as ahead {source}) entry
                where ahead <= {PageBytes}
                order by seq {direction}
                """, parameters, entry => bytes.Add(entry.Data));
        }, cancellation);

    /// <summary>
    /// The heads of several feeds. A feed that is missing, because an older backup was restored, has head 0.
    /// </summary>
    public async Task<List<FeedHead>> Heads(long[] feeds, CancellationToken cancellation)
    {
        var found = await database.Read(connection => connection.Query<FeedHead>(
            $"select {FeedHead.Columns} from feed where id {connection.Dialect.Among("@Feeds")}",
            new { Feeds = connection.Dialect.List(feeds) }), cancellation);
        if (found.Count < feeds.Length)
            foreach (var feed in feeds.Except(found.Select(head => head.Feed)).ToList())
                found.Add(new FeedHead { Feed = feed, Seq = 0, Mark = 0 });
        return found;
    }

    /// <summary>
    /// The head of a feed. <c>Known</c> is the mark of the entry with the requested number; null if there is no such
    /// entry.
    /// </summary>
    internal sealed record Standing
    {
        public required long Head { get; init; }
        public required int Mark { get; init; }
        public int? Known { get; init; }
    }
}
