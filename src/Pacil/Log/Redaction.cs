using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// Erases content from the log but deletes no entries, so that the numbers of a feed remain without a gap. It
/// overwrites the data of the entries about a subject. Then it records a <see cref="RedactionEvent"/> with the numbers
/// of the overwritten entries, so that clients and ring buffers drop their copies.
/// </summary>
internal static class Redaction
{
    /// <summary>The data of an overwritten entry.</summary>
    public const string Data = """{"redacted":true}""";

    /// <summary>The maximum number of entries in the ring buffer of a feed.</summary>
    public const int RingCapacity = 1024;

    /// <summary>
    /// Overwrites <c>data</c> of all entries about a subject, and deletes the stored responses of the requests that
    /// wrote these entries.
    /// </summary>
    /// <param name="kind">
    /// Any kind of entry about this type of subject. Only <see cref="EventKind.SubjectType"/> is used.
    /// </param>
    /// <param name="what">Creates the event from the numbers of the overwritten entries.</param>
    public static async Task Redact(
        this WriteTransaction tx, long feed, EventKind kind, long subject, long version,
        Func<IReadOnlyList<long>, RedactionEvent> what)
    {
        await StoredAnswers.DeleteAbout(tx, feed, kind.SubjectType, subject);
        var seqs = await EntryStore.Overwrite(tx, feed, kind.SubjectType, subject, Data);
        tx.Record(feed, subject, version, what([.. seqs.Order()]));
    }

    /// <summary>
    /// Removes an account's old name from the ring buffers of all feeds: a ring buffer copies each entry together with
    /// the name of its actor. Records <see cref="AccountRedacted"/> in each feed with recent entries of the account, so
    /// that the ring buffer drops the copies. Older entries are in no ring buffer, and reads from the database use the
    /// current name.
    /// </summary>
    public static async Task RedactActor(this WriteTransaction tx, long account)
    {
        var done = await tx.Query<Done>(
            """
            select entry.feed_id, entry.seq
            from feed
            join entry
              on entry.feed_id = feed.id and entry.actor_id = @Account and entry.seq > feed.head - @RingCapacity
            """, new { Account = account, RingCapacity });
        foreach (var feed in done.GroupBy(one => one.FeedId, one => one.Seq))
            tx.Record(feed.Key, account, 1, new AccountRedacted([.. feed.Order()]));
    }

    /// <summary>The numbers of the entries that a <see cref="RedactionEvent"/> lists; empty for other events.</summary>
    public static IReadOnlyList<long> Of(Entry entry) =>
        typeof(RedactionEvent).IsAssignableFrom(EventRegistry.Find(entry.Kind)?.Type)
        && EventRegistry.Read(entry) is RedactionEvent what ? what.Entries : [];

    private sealed record Done
    {
        public required long FeedId { get; init; }
        public required long Seq { get; init; }
    }
}
