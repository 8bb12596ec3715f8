namespace Pacil.Data;

/// <summary>One committed change. Within a feed, <see cref="Seq"/> counts 1, 2, 3 … without a gap.</summary>
internal record Entry
{
    /// <summary>The id of the administrators' feed.</summary>
    public const long Administration = 1;

    public required long FeedId { get; init; }
    public required long Seq { get; init; }

    /// <summary>Random. Tells apart two histories that share a number after an unnoticed rollback.</summary>
    public required int Mark { get; init; }

    public required DateTime At { get; init; }
    public required long? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string Kind { get; init; }
    public required string SubjectType { get; init; }
    public required long SubjectId { get; init; }
    public required long Version { get; init; }
    public required string? Key { get; init; }

    /// <summary>The number of the group's first entry, if a user's write changed more than one thing.</summary>
    public long? GroupId { get; init; }

    /// <summary>The number of the entry that this one undoes.</summary>
    public long? Undoes { get; init; }

    public required string Data { get; init; }

    /// <summary>The counts of the workspace after this entry; null if it did not change them.</summary>
    public long? Items { get; init; }
    public long? Pieces { get; init; }
    public long? Low { get; init; }
}
