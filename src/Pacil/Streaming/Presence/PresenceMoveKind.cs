namespace Pacil.Streaming.Presence;

/// <summary>How a connection changes its locations.</summary>
internal enum PresenceMoveKind
{
    Moving,

    /// <summary>The user leaves on purpose. The grace period for page reloads does not apply.</summary>
    Goodbye,

    /// <summary>
    /// A connection starts, and its request names the locations. A client that reconnects may name a location that no
    /// longer exists. Such locations are left out without an error.
    /// </summary>
    Returning,
}
