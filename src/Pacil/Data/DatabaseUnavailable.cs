namespace Pacil.Data;

/// <summary>
/// The database could not do the work: the disk is full, the file is locked, the connection is lost, or there are too
/// many requests. Nothing of a write is stored, unless <see cref="IsInDoubt"/> is set. HTTP responds with 503, and the
/// client may repeat the request.
/// </summary>
internal sealed class DatabaseUnavailable(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the outcome of the commit is unknown: either all of the write is stored or nothing.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>Whether the work was stopped because it took too long.</summary>
    public bool IsLate { get; init; }

    public static DatabaseUnavailable Late(Exception? cause = null) =>
        new("This took too long.", cause) { IsLate = true };
}
