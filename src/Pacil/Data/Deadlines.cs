namespace Pacil.Data;

/// <summary>The time limits of reads and writes. Work that takes longer is stopped; HTTP responds with 503.</summary>
/// <param name="Read">The limit of a read, including the wait for a connection.</param>
/// <param name="Write">On SQLite the limit of a whole write, on PostgreSQL of each statement in a write.</param>
internal sealed record Deadlines(TimeSpan Read, TimeSpan Write);
