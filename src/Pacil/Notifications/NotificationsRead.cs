using System.Text.Json.Serialization;
using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>Notifications were marked as read, or deleted.</summary>
internal sealed record NotificationsRead : InboxEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("notifications_read", "account", static () => NotificationsJson.Default.NotificationsRead);

    /// <summary>The ids of the notifications; null if <see cref="Through"/> is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>All notifications up to this id were marked as read; null if <see cref="Ids"/> is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Through { get; init; }

    /// <summary>True if the notifications were deleted; null if they were marked as read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Gone { get; init; }

    /// <summary>The number of unread notifications after the event.</summary>
    public long Unread { get; init; }
}
