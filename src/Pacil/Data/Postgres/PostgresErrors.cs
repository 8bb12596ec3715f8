using System.Net.Sockets;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>The meaning of PostgreSQL's errors, by SQLSTATE and severity, never by their text.</summary>
internal static class PostgresErrors
{
    /// <summary><c>idle_in_transaction_session_timeout</c>, which Npgsql has no name for.</summary>
    private const string IdleInWrite = "25P03";

    /// <summary>"Cached plan must not change result type": the prepared statements are no longer valid.</summary>
    private const string StalePlan = PostgresErrorCodes.FeatureNotSupported;

    /// <summary>
    /// Another write came between. A unique violation counts too: somebody has just taken a key that the use case did
    /// not find, and it finds the key when it runs again.
    /// </summary>
    public static bool IsCollision(PostgresException e) => e.SqlState is
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.UniqueViolation;

    /// <summary>
    /// Classes 08 connection, 28 authentication, 3D database name, 40 a collision in the last attempt, 53 resources, 55
    /// object state, 57 operator intervention, 58 system. Of class 25 a read-only server, and a write that was idle too
    /// long. Of class 0A a statement that was prepared before another process changed the schema. Any failure that is
    /// not an answer of the server.
    /// </summary>
    public static bool IsOutage(Exception e) => e is PostgresException answer
        ? answer.SqlState is
            PostgresErrorCodes.ReadOnlySqlTransaction or IdleInWrite or StalePlan
            || answer.SqlState[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58"
        : e is NpgsqlException or SocketException or TimeoutException;

    /// <summary>The server has stopped a statement that took too long.</summary>
    public static bool IsLate(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    public static bool IsStale(Exception e) => e is PostgresException { SqlState: StalePlan };

    /// <summary>The server has refused a statement, and keeps the connection.</summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" };
}
