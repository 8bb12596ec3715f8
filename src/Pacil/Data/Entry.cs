namespace Pacil.Data;

/// <summary>One stored change. <see cref="Seq"/> numbers the entries of a feed 1, 2, 3 … without a gap.</summary>
internal record Entry
{
    /// <summary>The id of the administrators' feed.</summary>
    public const long Administration = 1;

    public required long FeedId { get; init; }
    public required long Seq { get; init; }

    /// <summary>
    /// A random number. If somebody replaces the database with an older copy, new entries get the numbers of entries
    /// that were lost. A client's cursor contains the number and the mark of the last entry that it has read. If the
    /// mark differs from the mark of the stored entry, the client has read a lost entry.
    /// </summary>
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
    /// All entries of a feed with the same group are undone together. If a user's write changed more than one thing in
    /// the feed, the group is the number of the write's first entry in the feed. Otherwise it is null.
    /// </summary>
    public long? GroupId { get; init; }

    /// <summary>The number of the entry, in the same feed, that this entry undoes; null if it undoes none.</summary>
    public long? Undoes { get; init; }

    public required string Data { get; init; }

    /// <summary>
    /// Whether the write that stored the entry has also queued it for notifications. False if the entry was read from
    /// the database.
    /// </summary>
    public bool IsDue { get; init; }

    /// <summary>
    /// The number of items in the workspace after the write. If a write changes the counts of the workspace, its last
    /// entry in the workspace's feed has Items, Pieces and Low. In all other entries, these three are null.
    /// </summary>
    public long? Items { get; init; }
    public long? Pieces { get; init; }
    public long? Low { get; init; }
}
