namespace Pacil.Streaming;

/// <summary>
/// Tells a client which of its positions are not valid. The notice is sent before the first entry, or later as soon as
/// a position becomes invalid.
/// </summary>
/// <param name="Gone">Feeds that the account may not see.</param>
/// <param name="Reset">Workspaces in which the client's position does not exist in this database's log.</param>
/// <param name="Reason">Why positions were reset; null if no position was reset.</param>
internal sealed record ResyncNotice(List<long> Gone, List<long> Reset, string? Reason)
{
    public static readonly ResyncNotice None = new([], [], null);

    /// <summary>
    /// The cursor for the hello frame, with the client's old positions. If the client is disconnected before it
    /// receives the notice, it reconnects with this cursor and gets the notice again. Null if hello contains the
    /// current positions.
    /// </summary>
    public string? From { get; init; }
}
