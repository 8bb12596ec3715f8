namespace Pacil.Streaming.Presence;

/// <summary>How a connection changes its locations.</summary>
internal enum PresenceMoveKind
{
    Moving,

    /// <summary>The user leaves for good: no grace period for a reload.</summary>
    Goodbye,

    /// <summary>
    /// The request of a new or returning connection names the locations. One that no longer exists, as after a restore,
    /// is left out.
    /// </summary>
    Returning,
}
