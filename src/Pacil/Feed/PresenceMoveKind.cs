namespace Pacil.Feed;

/// <summary>How a connection changes its locations.</summary>
internal enum PresenceMoveKind
{
    /// <summary>The user has moved.</summary>
    Moving,

    /// <summary>The user leaves the other locations for good, without the waiting time for a reload.</summary>
    Goodbye,

    /// <summary>
    /// The locations come with the request of a new or returning connection: one that no longer exists, as after a
    /// restore, is left out.
    /// </summary>
    Returning,
}
