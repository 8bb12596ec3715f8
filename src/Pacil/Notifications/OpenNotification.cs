using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;

namespace Pacil.Notifications;

/// <summary>
/// Redirects <c>GET /notifications/7</c> to the page that the notification is about. The notification stays unread,
/// because a GET request must not change anything.
/// </summary>
internal static class OpenNotification
{
    public static async Task<IResult> Handle(long id, CurrentUser user, HttpContext context, Database database)
    {
        var found = await database.Read(
            connection => ListNotifications.Query(connection, user.Id, new Paging(1, null), false, only: id),
            context.RequestAborted);
        return found?.Rows is [var row] ? new SeeOther(NotificationText.Page(row)) : Problem.NotFound;
    }
}
