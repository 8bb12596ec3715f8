namespace Pacil.Data;

/// <summary>
/// The database could not take the work: disk full, file locked, connection lost. Nothing of the write is stored;
/// the request may be repeated. HTTP answers 503.
/// </summary>
internal sealed class DatabaseUnavailable(string message, Exception? cause = null) : Exception(message, cause);
