using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>Lists the user's notifications, newest first.</summary>
internal static class ListNotifications
{
    public const string Sort = "-id";

    public static readonly Parameter[] Asked =
        [Parameter.Flag("unread", "Those that you have not read yet."), .. Paging.Asked];

    public static async Task<IResult> Handle(CurrentUser user, HttpContext context, Database database)
    {
        var (page, isUnread) = (Paging.Of(context.Request, Sort), context.Request.Flag("unread"));
        var found = await database.Read(
            connection => Query(connection, user.Id, page, isUnread), context.RequestAborted);
        if (found is null) return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok([.. found.Rows.Select(NotificationText.Of)], NotificationsJson.Default.ListNotification);
    }

    /// <summary>
    /// Reads the notifications and the number of the inbox's latest entry in one SQL statement, so that they match.
    /// Notifications about the content of a workspace are left out if the account is not a member.
    /// </summary>
    /// <returns>Null if the account has just been erased.</returns>
    public static async Task<Snapshot<NotificationRow>?> Query(
        Connection connection, long account, Paging page, bool isUnread, long? only = null)
    {
        var found = await connection.Query<FeedHead, NotificationRow>(
            $"""
            select {FeedHead.Columns}, told.*
            from account
            join feed on feed.id = account.inbox_id
            left join (
              select notification.id, notification.kind, notification.feed_id as workspace, notification.seq,
                notification.count, notification.at, notification.read_at, entry.subject_type, entry.subject_id,
                entry.data, actor.username as actor, item.name as item, item.unit, message.text as said,
                case when member.role is null then notification.workspace_name else workspace.name end
                  as workspace_name,
                account.workspace_id = notification.feed_id as is_personal
              from notification
              join account on account.id = notification.account_id
              join entry on entry.feed_id = notification.feed_id and entry.seq = notification.seq
              join workspace on workspace.id = notification.feed_id
              left join member on member.workspace_id = notification.feed_id
                and member.account_id = notification.account_id
              left join account actor on actor.id = notification.actor_id
              left join item on item.id = entry.subject_id and entry.subject_type = 'item'
                and item.workspace_id = notification.feed_id
              left join message on message.id = entry.subject_id and entry.subject_type = 'message'
              where notification.account_id = @Account and notification.id < @Before
                {(isUnread ? "and notification.read_at is null" : "")}
                {(only is null ? "" : "and notification.id = @Only")}
                and (member.role is not null or notification.kind {connection.Dialect.In("@OfMembership")})
              order by notification.id desc
              limit @Limit
            ) told on true
            where account.id = @Account
            order by told.id desc
            """,
            new
            {
                Account = account,
                Before = page.After?.Id ?? long.MaxValue,
                Only = only,
                Limit = page.Limit + 1,
                Notification.OfMembership,
            });
        return Snapshot<NotificationRow>.Of(found, page, last => new(Sort, null, last.Id));
    }
}
