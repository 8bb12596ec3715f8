using System.Text.Json;
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
        return found?.Rows is [var row] ? new SeeOther(Path(row)) : Problem.NotFound;
    }

    private static string Path(NotificationRow row)
    {
        var workspace = row.IsPersonal ? "" : $"/w/{row.Workspace}";
        return row.Kind switch
        {
            Kind.Invited => $"/invitations/{row.SubjectId}",
            Kind.RoleChanged => $"{workspace}/",
            Kind.Removed => "/notifications",
            Kind.Mention => $"{workspace}{Talk(row.Data)}",
            _ when row.Count > 1 => $"{workspace}/?low=true",
            _ => $"{workspace}/items/{row.SubjectId}",
        };
    }

    /// <summary>The path of the page that shows the message, below the path of the workspace.</summary>
    private static string Talk(string text)
    {
        using var data = JsonDocument.Parse(text);
        return Id("item") is { } item ? $"/items/{item}?tab=chat" : Id("room") is { } room ? $"/chat/{room}" : "/chat";

        long? Id(string name) =>
            data.RootElement.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.Number
                ? id.GetInt64()
                : null;
    }
}
