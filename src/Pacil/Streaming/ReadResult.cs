namespace Pacil.Streaming;

/// <summary>
/// The result of <see cref="FeedSubscriber.Next"/>. After <c>Behind</c>, <c>Moved</c> or <c>Gone</c>, the caller must
/// call <see cref="FeedSubscriber.Recover"/>.
/// </summary>
internal enum ReadResult
{
    /// <summary>There is no new entry. The caller waits for the subscriber's signal.</summary>
    Idle,

    /// <summary>An entry was read, and the position was moved past the entry.</summary>
    Entry,

    /// <summary>The ring no longer has the next entry, so it must be loaded from the database.</summary>
    Behind,

    /// <summary>The database was restored from a backup, so the position may no longer exist.</summary>
    Moved,

    /// <summary>The next entry revokes the account's access to the feed.</summary>
    Gone,
}
