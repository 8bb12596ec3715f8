using System.Text.Json.Nodes;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>
/// The feed that only its owner reads. Every entry about notifications states how many are unread after it. So a writer
/// locks the inbox before it changes anything, and two writers never count at once.
/// </summary>
internal static class Inbox
{
    /// <summary>Unread notifications in one inbox that one other account may cause.</summary>
    private const int ShareMax = 100;

    /// <summary>Locks the inboxes, always in the same order. SQLite has only one writer anyway.</summary>
    public static async Task Lock(WriteTransaction tx, IEnumerable<long> inboxes)
    {
        if (tx.Dialect == Dialect.Sqlite) return;
        await tx.Query<long>(
            "select id from feed where id = any(@Inboxes) order by id for update", new { Inboxes = inboxes.ToArray() });
    }

    public static Task<long> Unread(WriteTransaction tx, long account) => tx.First<long>(
        $"select {AccountRow.UnreadColumn} from account where id = @Account", new { Account = account });

    /// <summary>Deletes the oldest unread notifications that the actor has caused, beyond the limit.</summary>
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

    /// <summary>Tells the owner's open pages which notifications were read or deleted.</summary>
    /// <param name="what">Names them by <c>ids</c> or <c>through</c>.</param>
    /// <returns>How many are unread now.</returns>
    public static async Task<long> RecordRead(WriteTransaction tx, Recipient who, JsonObject what)
    {
        var unread = await Unread(tx, who.Id);
        what["unread"] = unread;
        tx.Record(new Change(
            who.InboxId, "notifications_read", "account", who.Id, 1, what.ToJsonString(Json.Compact)));
        return unread;
    }

    /// <summary>Runs a use case of the caller as one write, once for each idempotency key.</summary>
    public static async Task<Result<ApiResponse>> Write(
        HttpContext context, RequestFields fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply)
    {
        var user = CurrentUser.Of(context);
        var result = await user.Write(context, fields, apply);
        // The unread count is cached with the session. The next page must show the new one.
        context.RequestServices.GetRequiredService<SessionStore>().Reread(user.Id);
        return result;
    }
}
