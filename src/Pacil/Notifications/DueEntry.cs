namespace Pacil.Notifications;

/// <summary>An entry that may concern somebody, or ends what did.</summary>
internal sealed record DueEntry
{
    public required long Seq { get; init; }

    /// <summary>The entry that a notification names: of an edit, that of the message as it was posted.</summary>
    public required long ToldSeq { get; init; }

    public required DateTime At { get; init; }
    public long? ActorId { get; init; }
    public required string Kind { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }
}
