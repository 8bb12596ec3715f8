using System.Text;
using System.Text.Json;

namespace Pacil.Data;

/// <summary>
/// Erases content from the log but deletes no entries, so that the numbers of a feed remain without a gap. It
/// overwrites the data of the entries about a subject. Then it records a new entry with the numbers of the overwritten
/// entries, so that clients and ring buffers drop their copies.
/// </summary>
internal static class Redaction
{
    private const string Suffix = "_redacted";

    /// <summary>The maximum number of entries in the ring buffer of a feed.</summary>
    public const int RingCapacity = 1024;

    /// <summary>
    /// Overwrites <c>data</c> of all entries about a subject with <c>{"redacted": true}</c>, and deletes the stored
    /// responses of the requests that wrote these entries. Then it records <c>SUBJECT_redacted</c> with
    /// <c>{"entries": [numbers]}</c>.
    /// </summary>
    public static async Task Redact(this WriteTransaction tx, long feed, string subject, long id, long version)
    {
        await tx.DeleteStoredAnswers(feed, subject, id);
        var seqs = await tx.Query<long>(
            """
            update entry set data = '{"redacted":true}'
            where feed_id = @Feed and subject_type = @Subject and subject_id = @Id
            returning seq
            """, new { Feed = feed, Subject = subject, Id = id });
        tx.Record(new Change(feed, subject + Suffix, subject, id, version, EntriesJson(seqs)));
    }

    /// <summary>
    /// Deletes the stored responses of all requests that wrote an entry about a subject. If a client repeats such a
    /// request, it gets no copy of the erased content.
    /// </summary>
    public static Task<int> DeleteStoredAnswers(
        this WriteTransaction tx, long feed, string subject, long id) => tx.Execute(
        """
        delete from idempotency where (account_id, key) in (
          select actor_id, key from entry
          where feed_id = @Feed and subject_type = @Subject and subject_id = @Id and key is not null)
        """, new { Feed = feed, Subject = subject, Id = id });

    /// <summary>
    /// Removes an account's old name from the ring buffers of all feeds: a ring buffer copies each entry together with
    /// the name of its actor. Records <c>account_redacted</c> in each feed with recent entries of the account, so that
    /// the ring buffer drops the copies. Older entries are in no ring buffer, and reads from the database use the
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
            tx.Record(new Change(feed.Key, "account" + Suffix, "account", account, 1, EntriesJson(feed)));
    }

    /// <summary>The numbers of the entries that a <c>…_redacted</c> entry lists; empty for other kinds.</summary>
    public static IReadOnlyList<long> Of(Entry entry)
    {
        if (!entry.Kind.EndsWith(Suffix, StringComparison.Ordinal)) return [];
        using var data = JsonDocument.Parse(entry.Data);
        return data.RootElement.TryGetProperty("entries", out var seqs)
            ? [.. seqs.EnumerateArray().Select(seq => seq.GetInt64())]
            : [];
    }

    private static string EntriesJson(IEnumerable<long> seqs) =>
        new StringBuilder("{\"entries\":[").AppendJoin(',', seqs.Order()).Append("]}").ToString();

    private sealed record Done
    {
        public required long FeedId { get; init; }
        public required long Seq { get; init; }
    }
}
