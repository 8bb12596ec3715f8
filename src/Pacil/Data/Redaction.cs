using System.Text;
using System.Text.Json;

namespace Pacil.Data;

/// <summary>
/// Deletes content but keeps numbers: overwrites what entries say about a subject, and records an entry that tells
/// everyone who holds a copy.
/// </summary>
internal static class Redaction
{
    private const string Suffix = "_redacted";

    /// <summary>The most entries that a feed's ring holds.</summary>
    public const int Copied = 1024;

    /// <summary>
    /// Overwrites <c>data</c> of the subject's entries with <c>{"redacted": true}</c>, deletes the stored answers of
    /// the requests that wrote them, and records <c>SUBJECT_redacted</c> with <c>{"entries": [numbers]}</c>.
    /// </summary>
    public static async Task Redact(this WriteTransaction tx, long feed, string subject, long id, long version)
    {
        await tx.ForgetAnswers(feed, subject, id);
        var seqs = await tx.Query<long>(
            """
            update entry set data = '{"redacted":true}'
            where feed_id = @Feed and subject_type = @Subject and subject_id = @Id
            returning seq
            """, new { Feed = feed, Subject = subject, Id = id });
        tx.Record(new Change(feed, subject + Suffix, subject, id, version, Written(seqs)));
    }

    /// <summary>Deletes the stored answers of the requests that wrote about a subject.</summary>
    public static Task<int> ForgetAnswers(this WriteTransaction tx, long feed, string subject, long id) => tx.Execute(
        """
        delete from idempotency where (account_id, key) in (
          select actor_id, key from entry
          where feed_id = @Feed and subject_type = @Subject and subject_id = @Id and key is not null)
        """, new { Feed = feed, Subject = subject, Id = id });

    /// <summary>
    /// Makes the rings drop their copies of the account's entries in all feeds, because a copy contains the actor's
    /// name. Records <c>account_redacted</c> in each of these feeds. Older entries are in no ring, and reads from the
    /// database show the current name.
    /// </summary>
    public static async Task RedactActor(this WriteTransaction tx, long account)
    {
        var done = await tx.Query<Done>(
            """
            select entry.feed_id, entry.seq
            from feed
            join entry on entry.feed_id = feed.id and entry.actor_id = @Account and entry.seq > feed.head - @Copied
            """, new { Account = account, Copied });
        foreach (var feed in done.GroupBy(one => one.FeedId, one => one.Seq))
            tx.Record(new Change(feed.Key, "account" + Suffix, "account", account, 1, Written(feed)));
    }

    /// <summary>The numbers of the entries that this one reports as overwritten.</summary>
    public static IReadOnlyList<long> Of(Entry entry)
    {
        if (!entry.Kind.EndsWith(Suffix, StringComparison.Ordinal)) return [];
        using var data = JsonDocument.Parse(entry.Data);
        return data.RootElement.TryGetProperty("entries", out var seqs)
            ? [.. seqs.EnumerateArray().Select(seq => seq.GetInt64())]
            : [];
    }

    private static string Written(IEnumerable<long> seqs) =>
        new StringBuilder("{\"entries\":[").AppendJoin(',', seqs.Order()).Append("]}").ToString();

    private sealed record Done
    {
        public required long FeedId { get; init; }
        public required long Seq { get; init; }
    }
}
