namespace Pacil.Notifications;

/// <summary>A queued entry, which may notify somebody or withdraw a notification.</summary>
internal sealed record DueEntry
{
    public required long Seq { get; init; }

    /// <summary>The entry that a notification names; for an edited message, the entry that posted it.</summary>
    public required long ToldSeq { get; init; }

    public required DateTime At { get; init; }
    public long? ActorId { get; init; }
    public required string Kind { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }
}
