namespace Pacil.Notifications;

/// <summary>A notification as read from the database, with all values that its text needs.</summary>
internal sealed record NotificationRow
{
    public required long Id { get; init; }
    public required string Kind { get; init; }
    public required long Workspace { get; init; }
    public required long Seq { get; init; }
    public required int Count { get; init; }
    public required DateTime At { get; init; }
    public DateTime? ReadAt { get; init; }
    public required string SubjectType { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }
    public string? Actor { get; init; }

    /// <summary>The item's current name; null if the notification is not about an item.</summary>
    public string? Item { get; init; }
    public string? Unit { get; init; }

    /// <summary>The message's current text; "" if it was deleted, null if there is no message.</summary>
    public string? Said { get; init; }

    /// <summary>For a member, the workspace's current name; otherwise its name when the user was notified.</summary>
    public required string WorkspaceName { get; init; }

    /// <summary>Whether the workspace is the reader's own. The text then leaves out its name.</summary>
    public required bool IsPersonal { get; init; }
}
