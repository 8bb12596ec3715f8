namespace Pacil.Notifications;

/// <summary>An entry that may notify somebody, or that withdraws a notification.</summary>
internal sealed record DueEntry
{
    public required long Seq { get; init; }

    /// <summary>The entry that a notification names; for an edit, the entry of the original message.</summary>
    public required long ToldSeq { get; init; }

    public required DateTime At { get; init; }
    public long? ActorId { get; init; }
    public required string Kind { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }
}
