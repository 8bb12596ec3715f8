namespace Pacil.Data;

/// <summary>How long work on the database may take before it is stopped: HTTP answers 503.</summary>
/// <param name="Read">A read, waiting for a connection included.</param>
/// <param name="Write">
/// What holds up others: a whole write on SQLite, each statement of one on PostgreSQL.
/// </param>
internal sealed record Deadlines(TimeSpan Read, TimeSpan Write);
