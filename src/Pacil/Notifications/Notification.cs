namespace Pacil.Notifications;

/// <summary>A notification as its reader sees it.</summary>
/// <param name="Kind">The kind of its entry.</param>
/// <param name="Entry">The number of its entry; the first if there are several.</param>
/// <param name="Text">A sentence in the reader's language.</param>
internal sealed record Notification(
    long Id, string Kind, long Workspace, long Entry, string Text, DateTime At, DateTime? ReadAt);
