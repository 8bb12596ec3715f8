namespace Pacil.Data;

/// <summary>How long database work may take before it is stopped; HTTP then answers 503.</summary>
/// <param name="Read">A read, including the wait for a connection.</param>
/// <param name="Write">A whole write on SQLite, each statement of a write on PostgreSQL.</param>
internal sealed record Deadlines(TimeSpan Read, TimeSpan Write);
