using System.Text.Json.Serialization;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>The account was notified.</summary>
/// <param name="Of">The kind of the event that the notification is about.</param>
/// <param name="Entry">The number of the entry in the workspace's feed.</param>
/// <param name="Unread">The number of unread notifications after the event.</param>
internal sealed record NotificationAdded(
    [property: JsonPropertyName("kind")] string Of, long Workspace, long Entry, long Unread) : InboxEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("notification_added", "notification", static () => NotificationsJson.Default.NotificationAdded);
}
