namespace Pacil.Notifications;

/// <summary>What one notification is about: an entry, and how many it stands for.</summary>
internal sealed record NotificationGroup(DueEntry Entry, int Count);
