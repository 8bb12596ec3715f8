using Pacil.Identity.Accounts;
using Pacil.Log.Events;
using static Pacil.Web.Language.Texts;

namespace Pacil.Notifications;

/// <summary>Creates the text of a notification when the user reads it, in the user's language.</summary>
internal static class NotificationText
{
    public static Notification Of(NotificationRow row) =>
        new(row.Id, row.Kind, row.Workspace, row.Seq, Text(row), row.At, row.ReadAt);

    /// <summary>
    /// The text begins with the workspace's name, unless the workspace is the reader's own or the text names it anyway.
    /// </summary>
    public static string Text(NotificationRow row)
    {
        var text = Notice(row)?.Text(Facts(row)) ?? T("notifications.gone");
        return row.IsPersonal || Notification.OfMembership.Contains(row.Kind)
            ? text
            : T("notifications.in", row.WorkspaceName, text);
    }

    /// <summary>The path of the page that shows what the notification is about.</summary>
    public static string Page(NotificationRow row) => Notice(row)?.Page(Facts(row)) ?? "/notifications";

    private static Notice? Notice(NotificationRow row) => EventRegistry.Read(row.Kind, row.Data).Notice;

    private static NoticeFacts Facts(NotificationRow row) => new(
        row.Actor is { } name ? Account.Shown(name) : T("notifications.someone"), row.WorkspaceName,
        row.IsPersonal ? "" : $"/w/{row.Workspace}", row.SubjectId, row.Count, row.Item, row.Unit, row.Said);
}
