namespace Pacil.Streaming;

/// <summary>The result of a read. <see cref="FeedSubscriber.Recover"/> handles all but the first two.</summary>
internal enum ReadResult
{
    /// <summary>Nothing; wait for the signal.</summary>
    Idle,

    /// <summary>An entry, and the position after it.</summary>
    Entry,

    /// <summary>The next entry has left the ring.</summary>
    Behind,

    /// <summary>The database has another history.</summary>
    Moved,

    /// <summary>The account is no longer a member.</summary>
    Gone,
}
