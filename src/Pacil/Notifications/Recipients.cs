using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Workspaces;
using Pacil.Workspaces.Events;
using Pacil.Workspaces.Invitations;

namespace Pacil.Notifications;

/// <summary>
/// Decides who is notified of an entry. Low or recovered stock: all members who are allowed to change stock, except the
/// entry's author if there are other such members. A mention: the mentioned members; for an edited message, only
/// members whose mention the edit added. An invitation, a role change or a removal: the account concerned. Except for
/// stock, nobody is notified of their own action or of an action by an account that they have blocked. Nobody is
/// notified of a kind that they have turned off.
/// </summary>
internal static class Recipients
{
    public static async Task<List<Recipient>> Of(WriteTransaction tx, long feed, NotificationGroup what)
    {
        var (entry, notice) = (what.Entry, what.Notice);
        var concerned = notice.Audience switch
        {
            NoticeAudience.Editors => await Editors(tx, feed, entry.ActorId),
            NoticeAudience.Members => await Members(tx, feed, [.. notice.Members]),
            NoticeAudience.Invited => await Invitation.Tell(tx, entry.SubjectId),
            NoticeAudience.Subject => [entry.SubjectId],
            _ => [],
        };
        if (!notice.IsAboutStock) concerned.RemoveAll(account => account == entry.ActorId);
        return concerned.Count == 0 ? [] : await FilterMuted(tx, concerned, notice, entry.ActorId);
    }

    /// <summary>The accounts that these entries removed from the workspace and that have not rejoined it.</summary>
    public static async Task<List<Recipient>> WhoLeft(WriteTransaction tx, long feed, List<DueEntry> entries)
    {
        var removed = entries.Where(entry => entry.Event is MemberRemoved).Select(entry => entry.SubjectId).ToArray();
        return removed.Length == 0 ? [] : await tx.Query<Recipient>(
            $"""
            select id, inbox_id from account
            where id {tx.Dialect.In("@Removed")} and erased_at is null
              and not exists (select 1 from member where workspace_id = @Feed and account_id = account.id)
            """, new { Removed = removed, Feed = feed });
    }

    private static async Task<List<long>> Editors(WriteTransaction tx, long feed, long? actor)
    {
        var editors = await tx.Query<long>(
            "select account_id from member where workspace_id = @Feed and role >= @Needed",
            new { Feed = feed, Needed = Role.Editor });
        if (editors.Count > 1) editors.RemoveAll(account => account == actor);
        return editors;
    }

    private static Task<List<long>> Members(WriteTransaction tx, long feed, long[] accounts) => tx.Query<long>(
        $"select account_id from member where workspace_id = @Feed and account_id {tx.Dialect.In("@Accounts")}",
        new { Feed = feed, Accounts = accounts });

    private static Task<List<Recipient>> FilterMuted(
        WriteTransaction tx, List<long> accounts, Notice notice, long? actor) => tx.Query<Recipient>(
            $"""
            select id, inbox_id from account
            where id {tx.Dialect.In("@Accounts")} and erased_at is null
              and not exists (select 1 from notification_muted where account_id = account.id and choice = @Choice)
              {(notice.IsAboutStock
                ? ""
                : "and not exists (select 1 from block where account_id = account.id and blocked_id = @ActorId)")}
            order by id
            """, new { Accounts = accounts.ToArray(), notice.Choice, ActorId = actor });
}
