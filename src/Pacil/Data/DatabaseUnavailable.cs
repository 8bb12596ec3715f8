namespace Pacil.Data;

/// <summary>
/// The database could not take the work: disk full, file locked, connection lost. Nothing of the write is stored,
/// unless it is in doubt; the request may be repeated. HTTP answers 503.
/// </summary>
internal sealed class DatabaseUnavailable(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Lost in the very commit, and nobody can be asked: all of the write is stored, or nothing.</summary>
    public bool IsInDoubt { get; init; }
}
