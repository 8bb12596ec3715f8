using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>
/// Marks notifications as read: those with given ids, all up to an id, or all. Unknown ids and ids of other users'
/// notifications are ignored.
/// </summary>
internal static class MarkRead
{
    private const int IdsMax = 200;

    /// <param name="Through">Marks only notifications up to this id; null for no limit.</param>
    [Example("""{"through": 9}""")]
    public sealed record Request(IReadOnlyList<long>? Ids = null, long? Through = null)
    {
        public static Request Read(RequestFields fields) =>
            new(fields.Integers("ids", IdsMax), fields.Integer("through", 0, RequestFields.IntegerMax));
    }

    [Example("""{"unread": 0}""")]
    public sealed record Response(long Unread);

    public static RequestWrite Handle(RequestFields fields, CurrentUser user, HttpContext context)
    {
        var request = Request.Read(fields);
        return Inbox.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var unread = await Apply(tx, new Recipient { Id = user.Id, InboxId = user.InboxId }, request);
            return ApiResponse.Ok(new Response(unread), NotificationsJson.Default.Response);
        });
    }

    /// <returns>The number of unread notifications after the change.</returns>
    public static async Task<long> Apply(WriteTransaction tx, Recipient who, Request request)
    {
        await tx.LockFeeds([who.InboxId]);
        var read = await tx.Query<long>(
            $"""
            update notification set read_at = @Now
            where account_id = @Account and read_at is null and id <= @Through
              {(request.Ids is null ? "" : $"and id {tx.Dialect.In("@Ids")}")}
            returning id
            """,
            new
            {
                tx.Now,
                Account = who.Id,
                Through = request.Through ?? long.MaxValue,
                Ids = request.Ids?.ToArray(),
            });
        if (read.Count == 0) return await Inbox.Unread(tx, who.Id);
        return await Inbox.RecordRead(tx, who, request.Ids is null
            ? new NotificationsRead { Through = read.Max() }
            : new NotificationsRead { Ids = read });
    }
}
