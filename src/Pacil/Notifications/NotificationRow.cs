namespace Pacil.Notifications;

/// <summary>A notification with all that its sentence mentions.</summary>
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

    /// <summary>The item's name today; null where it is about none.</summary>
    public string? Item { get; init; }
    public string? Unit { get; init; }

    /// <summary>What the message says today; "" once it is deleted, null where it is about none.</summary>
    public string? Said { get; init; }

    /// <summary>Today's, for a member; else the one it had when it was told.</summary>
    public required string WorkspaceName { get; init; }

    /// <summary>In the reader's own workspace, which needs no naming.</summary>
    public required bool IsPersonal { get; init; }
}
