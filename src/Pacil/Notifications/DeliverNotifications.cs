using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>
/// Delivers the notifications of queued entries exactly once, and deletes notifications that are no longer valid. One
/// transaction removes the entries from the queue and fills the inboxes, so a crash neither loses nor repeats a
/// notification.
/// </summary>
internal static class DeliverNotifications
{
    private const int EntriesMax = 5_000;

    /// <summary>The first key of the PostgreSQL advisory lock. Other advisory locks have another first key.</summary>
    private const int LockClass = 7023;

    public static async Task<int> Apply(WriteTransaction tx, long feed)
    {
        var entries = await Take(tx, feed);
        if (entries.Count == 0) return 0;
        var workspace = await tx.First<string>("select name from workspace where id = @Id", new { Id = feed });
        if (workspace is null) return 0;
        var steps = new List<(NotificationGroup What, List<Recipient> Told, Outdated Outdated)>();
        var inboxes = new Dictionary<long, InboxChanges>();
        foreach (var what in Occasions(entries))
        {
            var told = await Recipients.Of(tx, feed, what);
            var outdated = await Outdated.By(tx, feed, what, isTold: told.Count > 0);
            foreach (var who in told.Concat(await outdated.Owners(tx, feed))) inboxes.TryAdd(who.Id, new(who));
            steps.Add((what, told, outdated));
        }
        var left = await Recipients.WhoLeft(tx, feed, entries);
        foreach (var who in left) inboxes.TryAdd(who.Id, new(who));
        await tx.LockFeeds(inboxes.Values.Select(inbox => inbox.Who.InboxId));

        foreach (var (what, told, outdated) in steps)
        {
            foreach (var gone in await outdated.Delete(tx, feed)) inboxes[gone.AccountId].Remove([gone.Id]);
            foreach (var who in told)
                if (await Insert(tx, feed, workspace, who, what) is > 0 and var id) inboxes[who.Id].Add(id, what);
        }
        foreach (var who in left) inboxes[who.Id].Remove(await Withdraw(tx, feed, who));
        var added = 0;
        foreach (var inbox in inboxes.Values) added += await inbox.Record(tx, feed);
        return added;
    }

    /// <summary>
    /// Removes a feed's entries from the queue. The lock lets only one transaction at a time do this for a feed:
    /// concurrent transactions would not see each other's new notifications and so could not withdraw them.
    /// </summary>
    private static async Task<List<DueEntry>> Take(WriteTransaction tx, long feed)
    {
        if (tx.Dialect == Dialect.Postgres)
            await tx.First<string>(
                "select pg_advisory_xact_lock(@Class, (@Feed % 2147483647)::int)::text",
                new { Class = LockClass, Feed = feed });
        var entries = await tx.Query<DueEntry>(
            $"""
            select entry.seq, entry.at, entry.actor_id, entry.kind, entry.subject_id, entry.data,
              case when entry.kind = '{EventKind.Of<MessageEdited>().Name}' then (
                select min(posted.seq) from entry posted
                where posted.feed_id = entry.feed_id and posted.subject_type = 'message'
                  and posted.subject_id = entry.subject_id)
              else entry.seq end as told_seq
            from notification_due due
            join entry on entry.feed_id = due.feed_id and entry.seq = due.seq
            where due.feed_id = @Feed
            order by due.seq
            limit {EntriesMax}
            """, new { Feed = feed });
        if (entries.Count > 0)
            await EntryStore.Dequeue(tx, feed, entries.ConvertAll(entry => entry.Seq));
        return entries;
    }

    /// <summary>
    /// Groups the entries by notification. All items that became low in one write share one notification, and so do all
    /// items that recovered. Every other entry has its own notification.
    /// </summary>
    private static IEnumerable<NotificationGroup> Occasions(List<DueEntry> entries) =>
        from entry in entries
        let notice = entry.Event.Notice
        where notice is not null
        group (entry, notice) by (entry.Kind, entry.At, entry.ActorId, Seq: notice.IsAboutStock ? 0 : entry.Seq)
        into same
        select new NotificationGroup(same.First().entry, same.First().notice, same.Count());

    private static Task<long> Insert(
        WriteTransaction tx, long feed, string workspace, Recipient who, NotificationGroup what) => tx.First<long>(
        """
        insert into notification (account_id, feed_id, seq, count, kind, actor_id, workspace_name, at)
        values (@Account, @Feed, @ToldSeq, @Count, @Kind, @ActorId, @Workspace, @At)
        on conflict (account_id, feed_id, seq) do nothing
        returning id
        """,
        new
        {
            Account = who.Id,
            Feed = feed,
            what.Entry.ToldSeq,
            what.Count,
            what.Kind,
            what.Entry.ActorId,
            Workspace = workspace,
            what.Entry.At,
        });

    /// <summary>Deletes a former member's notifications about the content of the workspace.</summary>
    private static Task<List<long>> Withdraw(WriteTransaction tx, long feed, Recipient who) => tx.Query<long>(
        $"""
        delete from notification
        where account_id = @Account and feed_id = @Feed and not (kind {tx.Dialect.In("@OfMembership")})
        returning id
        """, new { Account = who.Id, Feed = feed, Notification.OfMembership });
}
