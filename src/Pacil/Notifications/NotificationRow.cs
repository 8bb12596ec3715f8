namespace Pacil.Notifications;

/// <summary>A notification with everything that its text mentions.</summary>
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

    /// <summary>The item's current name; null if it is about none.</summary>
    public string? Item { get; init; }
    public string? Unit { get; init; }

    /// <summary>The message's current text; "" if it was deleted, null if it is about none.</summary>
    public string? Said { get; init; }

    /// <summary>The current name for a member; else the name at the time of the notification.</summary>
    public required string WorkspaceName { get; init; }

    /// <summary>Text about the reader's own workspace does not name it.</summary>
    public required bool IsPersonal { get; init; }
}
