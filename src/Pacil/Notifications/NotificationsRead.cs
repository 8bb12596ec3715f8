using System.Text.Json.Serialization;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>Notifications were marked as read, or deleted.</summary>
internal sealed record NotificationsRead : InboxEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("notifications_read", "account", NotificationsJson.Default.NotificationsRead);

    /// <summary>The notifications; null if they are those up to <see cref="Through"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The highest id of the notifications; null if they are those in <see cref="Ids"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Through { get; init; }

    /// <summary>True if the notifications were deleted; null if they were marked as read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Gone { get; init; }

    /// <summary>The number of unread notifications after the event.</summary>
    public long Unread { get; init; }
}
