namespace Pacil.Data;

/// <summary>One committed change. Within a feed, <see cref="Seq"/> counts 1, 2, 3 … without a gap.</summary>
internal record Entry
{
    /// <summary>The administrators' log.</summary>
    public const long Administration = 1;

    public required long FeedId { get; init; }
    public required long Seq { get; init; }

    /// <summary>Random; tells two histories apart that share a number after a roll-back nobody announced.</summary>
    public required int Mark { get; init; }

    public required DateTime At { get; init; }
    public required long? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string Kind { get; init; }
    public required string SubjectType { get; init; }
    public required long SubjectId { get; init; }
    public required long Version { get; init; }
    public required string? Key { get; init; }

    /// <summary>
    /// Joins what a person changed by one write, where that is more than one thing: the number of the first.
    /// </summary>
    public long? GroupId { get; init; }

    /// <summary>The entry that this one takes back.</summary>
    public long? Undoes { get; init; }

    public required string Data { get; init; }

    /// <summary>What the workspace counts after it; null where it did not change that.</summary>
    public long? Items { get; init; }
    public long? Pieces { get; init; }
    public long? Low { get; init; }
}
