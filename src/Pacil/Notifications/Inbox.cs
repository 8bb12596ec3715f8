using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>
/// An account's inbox: the feed that only its owner reads. Every entry about notifications contains the number of
/// unread notifications after the change. So each transaction locks the inbox before it changes notifications.
/// Otherwise concurrent transactions would record wrong numbers.
/// </summary>
internal static class Inbox
{
    /// <summary>The maximum number of unread notifications that one other account may cause in an inbox.</summary>
    private const int ShareMax = 100;

    /// <summary>
    /// Counts the unread notifications of a row of <c>account</c> up to 100, because the bell shows at most 99. The
    /// count reads only an index, so there is no stored counter. A stored counter could become wrong.
    /// </summary>
    public const string CountUnread =
        """
        (select count(*) from (
          select 1 from notification where account_id = account.id and read_at is null limit 100) waiting)
        """;

    public static Task<long> Unread(WriteTransaction tx, long account) => tx.First<long>(
        $"select {CountUnread} from account where id = @Account", new { Account = account });

    /// <summary>
    /// Deletes the oldest unread notifications that the actor has caused in the account's inbox. Keeps the newest
    /// <see cref="ShareMax"/> of them.
    /// </summary>
    /// <returns>The ids of the deleted notifications.</returns>
    public static Task<List<long>> DropBeyondShare(WriteTransaction tx, long account, long actor) => tx.Query<long>(
        $"""
        delete from notification
        where account_id = @Account and actor_id = @Actor and read_at is null and id <= (
          select id from notification
          where account_id = @Account and actor_id = @Actor and read_at is null
          order by id desc
          limit 1 offset {ShareMax})
        returning id
        """, new { Account = account, Actor = actor });

    /// <summary>Records which notifications were read or deleted, for the owner's open pages.</summary>
    /// <param name="what">The event, without the number of unread notifications, which this method adds.</param>
    /// <returns>The number of unread notifications after the change.</returns>
    public static async Task<long> RecordRead(WriteTransaction tx, Recipient who, NotificationsRead what)
    {
        var unread = await Unread(tx, who.Id);
        tx.Record(who.InboxId, who.Id, 1, what with { Unread = unread });
        return unread;
    }

    /// <summary>
    /// A write of the caller. After the commit, the caller's cached number of unread notifications is dropped.
    /// </summary>
    public static RequestWrite Write(
        HttpContext context, RequestFields fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply)
    {
        var (user, sessions) = (
            CurrentUser.Of(context), context.RequestServices.GetRequiredService<SessionStore>());
        // The session cache contains the unread count. The user's cached sessions are dropped, so that the next page
        // shows the new count.
        return user.Write(context, fields, apply) with { AfterCommit = () => sessions.Reread(user.Id) };
    }
}
