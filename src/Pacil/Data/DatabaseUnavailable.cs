namespace Pacil.Data;

/// <summary>
/// The database could not do the work: disk full, file locked, connection lost, too much to do. Nothing of the write is
/// stored, unless it is in doubt, and the request may be repeated. HTTP answers 503.
/// </summary>
internal sealed class DatabaseUnavailable(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The outcome of the commit is unknown: all of the write is stored, or nothing.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>The work was stopped because it took too long.</summary>
    public bool IsLate { get; init; }

    public static DatabaseUnavailable Late(Exception? cause = null) =>
        new("This took too long.", cause) { IsLate = true };
}
