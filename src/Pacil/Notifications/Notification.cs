namespace Pacil.Notifications;

/// <summary>What somebody is told, as its reader sees it.</summary>
/// <param name="Kind">That of the entry it tells of.</param>
/// <param name="Entry">The number of the entry, the first where it tells of several.</param>
/// <param name="Text">A sentence in the reader's language.</param>
internal sealed record Notification(
    long Id, string Kind, long Workspace, long Entry, string Text, DateTime At, DateTime? ReadAt);
