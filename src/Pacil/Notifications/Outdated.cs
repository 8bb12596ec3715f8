using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>
/// The notifications that an entry withdraws. They are about a deleted message, about a mention that an edit has
/// removed, or about an invitation that was renewed, was revoked, or no longer names the account.
/// </summary>
/// <param name="Seqs">The numbers of the entries that the withdrawn notifications refer to.</param>
/// <param name="Accounts">The accounts that lose the notifications; null for all accounts.</param>
internal sealed record Outdated(IReadOnlyList<long> Seqs, IReadOnlyList<long>? Accounts)
{
    /// <param name="isTold">Whether this entry also notifies somebody.</param>
    public static async Task<Outdated> By(WriteTransaction tx, long feed, NotificationGroup what, bool isTold)
    {
        var (entry, notice) = (what.Entry, what.Notice);
        return notice.Audience == NoticeAudience.Invited ? await Invitation(tx, feed, entry, isTold)
            : notice.WithdrawnMembers.Count > 0 ? new([entry.ToldSeq], notice.WithdrawnMembers)
            : new(notice.WithdrawnEntries, null);
    }

    /// <summary>The accounts that have notifications about the entries in <see cref="Seqs"/>.</summary>
    public async Task<List<Recipient>> Owners(WriteTransaction tx, long feed) => Seqs.Count == 0
        ? []
        : await tx.Query<Recipient>(
            $"""
            select id, inbox_id from account where id in (
              select account_id from notification where feed_id = @Feed and seq {tx.Dialect.Among("@Seqs")})
            """, new { Feed = feed, Seqs = tx.Dialect.List(Seqs) });

    public async Task<List<Gone>> Delete(WriteTransaction tx, long feed) => Seqs.Count == 0
        ? []
        : await tx.Query<Gone>(
            $"""
            delete from notification
            where feed_id = @Feed and seq {tx.Dialect.Among("@Seqs")}
              {(Accounts is null ? "" : $"and account_id {tx.Dialect.Among("@Accounts")}")}
            returning id, account_id
            """,
            new { Feed = feed, Seqs = tx.Dialect.List(Seqs), Accounts = tx.Dialect.List(Accounts ?? []) });

    private static async Task<Outdated> Invitation(WriteTransaction tx, long feed, DueEntry entry, bool isTold)
    {
        var told = await tx.Query<Told>(
            """
            select notification.seq, notification.account_id from entry
            join notification on notification.feed_id = entry.feed_id and notification.seq = entry.seq
            where entry.feed_id = @Feed and entry.subject_type = 'invitation' and entry.subject_id = @Invitation
              and (@IsTold or notification.account_id not in (
                select account_id from invitation
                where id = @Invitation and account_id is not null and revoked_at is null))
            """, new { Feed = feed, Invitation = entry.SubjectId, IsTold = isTold });
        return new([.. told.Select(one => one.Seq)], [.. told.Select(one => one.AccountId).Distinct()]);
    }

    internal sealed record Gone
    {
        public required long Id { get; init; }
        public required long AccountId { get; init; }
    }

    private sealed record Told
    {
        public required long Seq { get; init; }
        public required long AccountId { get; init; }
    }
}
