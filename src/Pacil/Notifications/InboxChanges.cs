using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>
/// Collects the notifications that one write adds to an inbox or removes from it, and records the entries about them.
/// </summary>
internal sealed record InboxChanges(Recipient Who)
{
    private readonly Dictionary<long, NotificationGroup> added = [];
    private readonly List<long> gone = [];

    public void Add(long id, NotificationGroup what) => added.Add(id, what);

    /// <summary>
    /// Removes notifications. If the same write has added a notification, no entry is recorded for it, because no
    /// client knows it yet.
    /// </summary>
    public void Remove(IEnumerable<long> ids) => gone.AddRange(ids.Where(id => !added.Remove(id)));

    /// <returns>The number of notifications that the write has added.</returns>
    public async Task<int> Record(WriteTransaction tx, long feed)
    {
        foreach (var actor in added.Values.Select(what => what.Entry.ActorId).OfType<long>().Distinct().ToList())
            if (actor != Who.Id) Remove(await Inbox.DropBeyondShare(tx, Who.Id, actor));
        if (gone.Count > 0)
            await Inbox.RecordRead(tx, Who, new NotificationsRead { Ids = gone, Gone = true });
        if (added.Count == 0) return 0;
        var unread = await Inbox.Unread(tx, Who.Id);
        foreach (var (id, what) in added)
            tx.Record(Who.InboxId, id, 1, new NotificationAdded(what.Kind, feed, what.Entry.ToldSeq, unread));
        return added.Count;
    }
}
