namespace Pacil.Data;

/// <summary>
/// The database could not take the work: disk full, file locked, connection lost, too much to do. Nothing of the
/// write is stored, unless it is in doubt; the request may be repeated. HTTP answers 503.
/// </summary>
internal sealed class DatabaseUnavailable(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Lost in the very commit, and nobody can be asked: all of the write is stored, or nothing.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>It was stopped, since it took too long.</summary>
    public bool IsLate { get; init; }

    public static DatabaseUnavailable Late(Exception? cause = null) =>
        new("This took too long.", cause) { IsLate = true };
}
