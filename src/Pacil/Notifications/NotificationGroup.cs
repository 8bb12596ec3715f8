namespace Pacil.Notifications;

/// <summary>The entries that one notification is about: the first entry, and the number of entries.</summary>
internal sealed record NotificationGroup(DueEntry Entry, int Count);
