using System.Text.Json.Nodes;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Notifications;

/// <summary>
/// Tells whom it concerns what the log has for them. What a feed has due is taken, told and put into the inboxes in
/// one write: nothing is told twice or lost, whatever dies, and of two readers at once the second finds it done.
/// </summary>
internal static class TellPeople
{
    private const int EntriesMax = 5_000;

    public static async Task<int> Apply(WriteTransaction tx, long feed)
    {
        var entries = await Take(tx, feed);
        if (entries.Count == 0) return 0;
        var workspace = await tx.First<string>("select name from workspace where id = @Id", new { Id = feed });
        if (workspace is null) return 0;
        var told = new List<(Recipient Who, Occasion What)>();
        foreach (var what in Occasions(entries))
            foreach (var who in await Recipients.Of(tx, feed, what.Entry)) told.Add((who, what));
        var left = await Recipients.WhoLeft(tx, feed, entries);
        var inboxes = told.Select(one => one.Who).Concat(left).Distinct().ToList();
        await Inbox.Lock(tx, inboxes.Select(inbox => inbox.InboxId));

        var added = new List<(Recipient Who, Occasion What, long Id)>();
        foreach (var (who, what) in told)
            if (await Insert(tx, feed, workspace, who, what) is > 0 and var id) added.Add((who, what, id));
        foreach (var who in left)
            if (await Withdraw(tx, feed, who) > 0) await Inbox.RecordRead(tx, who, []);
        foreach (var inbox in added.GroupBy(one => one.Who))
        {
            var unread = await Inbox.Unread(tx, inbox.Key.Id);
            foreach (var (who, what, id) in inbox)
                tx.Record(new Change(who.InboxId, "notification_added", "notification", id, 1, new JsonObject
                {
                    ["kind"] = what.Entry.Kind,
                    ["workspace"] = feed,
                    ["entry"] = what.Entry.Seq,
                    ["unread"] = unread,
                }.ToJsonString(Json.Compact)));
        }
        return added.Count;
    }

    /// <summary>
    /// A second reader waits here for the first, and then finds nothing. A feed's entries are committed in their
    /// order, so there is none before the last that is not among them.
    /// </summary>
    private static async Task<List<DueEntry>> Take(WriteTransaction tx, long feed)
    {
        var entries = await tx.Query<DueEntry>(
            $"""
            select entry.seq, entry.at, entry.actor_id, entry.kind, entry.subject_id, entry.data
            from notification_due due
            join entry on entry.feed_id = due.feed_id and entry.seq = due.seq
            where due.feed_id = @Feed
            order by due.seq
            limit {EntriesMax} {tx.Dialect.Pick(sqlite: "", postgres: "for update of due")}
            """, new { Feed = feed });
        if (entries.Count > 0)
            await tx.Execute(
                "delete from notification_due where feed_id = @Feed and seq <= @Last",
                new { Feed = feed, Last = entries[^1].Seq });
        return entries;
    }

    /// <summary>What became low, or recovered, in one write is one occasion; all else is one for each entry.</summary>
    private static IEnumerable<Occasion> Occasions(List<DueEntry> entries) => entries
        .GroupBy(entry => Kind.IsStock(entry.Kind)
            ? (entry.Kind, entry.At, entry.ActorId, Seq: 0)
            : (entry.Kind, entry.At, entry.ActorId, entry.Seq))
        .Select(group => new Occasion(group.First(), group.Count()));

    private static Task<long> Insert(
        WriteTransaction tx, long feed, string workspace, Recipient who, Occasion what) => tx.First<long>(
        """
        insert into notification (account_id, feed_id, seq, count, kind, workspace_name, at)
        values (@Account, @Feed, @Seq, @Count, @Kind, @Workspace, @At)
        on conflict (account_id, feed_id, seq) do nothing
        returning id
        """,
        new
        {
            Account = who.Id,
            Feed = feed,
            what.Entry.Seq,
            what.Count,
            what.Entry.Kind,
            Workspace = workspace,
            what.Entry.At,
        });

    /// <summary>Who is no member any more keeps nothing that tells of what is there.</summary>
    private static Task<int> Withdraw(WriteTransaction tx, long feed, Recipient who) => tx.Execute(
        $"""
        delete from notification
        where account_id = @Account and feed_id = @Feed and not (kind {tx.Dialect.In("@OfMembership")})
        """, new { Account = who.Id, Feed = feed, Kind.OfMembership });
}

/// <summary>An entry that may concern somebody.</summary>
internal sealed record DueEntry
{
    public required long Seq { get; init; }
    public required DateTime At { get; init; }
    public long? ActorId { get; init; }
    public required string Kind { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }
}

/// <summary>What one notification tells of: an entry, and how many it stands for.</summary>
internal sealed record Occasion(DueEntry Entry, int Count);
