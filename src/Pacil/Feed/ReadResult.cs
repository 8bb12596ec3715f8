namespace Pacil.Feed;

/// <summary>What a subscriber finds in the ring; <see cref="FeedSubscriber.Recover"/> handles all but the first
/// two.</summary>
internal enum ReadResult
{
    /// <summary>Nothing; wait for the wake-up.</summary>
    Idle,

    /// <summary>An entry, and the place after it.</summary>
    Entry,

    /// <summary>What comes next is in memory no more.</summary>
    Behind,

    /// <summary>The database is another's past.</summary>
    Moved,

    /// <summary>The account is no member any more.</summary>
    Gone,
}
