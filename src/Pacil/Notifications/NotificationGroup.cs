using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>The entries that one notification is about: the first entry, and the number of entries.</summary>
internal sealed record NotificationGroup(DueEntry Entry, Notice Notice, int Count)
{
    /// <summary>The kind of the notification.</summary>
    public string Kind => Notice.StoredAs?.Name ?? Entry.Kind;
}
