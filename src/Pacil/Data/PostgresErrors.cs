using System.Net.Sockets;
using Npgsql;

namespace Pacil.Data;

/// <summary>What PostgreSQL's errors mean here, by SQLSTATE and severity, never by their text.</summary>
internal static class PostgresErrors
{
    /// <summary><c>idle_in_transaction_session_timeout</c>, which Npgsql has no name for.</summary>
    private const string IdleInWrite = "25P03";

    /// <summary>
    /// "Cached plan must not change result type": the connection's prepared statements are of no use any more.
    /// </summary>
    private const string StalePlan = PostgresErrorCodes.FeatureNotSupported;

    /// <summary>
    /// Another write came between. That includes a unique key that someone else has just taken: the use case
    /// looked for it in vain, and finds it when it looks again.
    /// </summary>
    public static bool IsCollision(PostgresException e) => e.SqlState is
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.UniqueViolation;

    /// <summary>
    /// Classes 08 connection, 28 who we are, 3D which database, 40 another came between once too often, 53 resources,
    /// 55 what it is ready for, 57 operator, 58 system; of 25 a server that only reads, and a write that said nothing
    /// for too long; of 0A a statement that was prepared before another process changed the schema; anything that is no
    /// server's answer.
    /// </summary>
    public static bool IsOutage(Exception e) => e is PostgresException answer
        ? answer.SqlState is
            PostgresErrorCodes.ReadOnlySqlTransaction or IdleInWrite or StalePlan
            || answer.SqlState[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58"
        : e is NpgsqlException or SocketException or TimeoutException;

    /// <summary>The server has stopped a statement that took too long.</summary>
    public static bool IsLate(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    public static bool IsStale(Exception e) => e is PostgresException { SqlState: StalePlan };

    /// <summary>The server has refused a statement and goes on; not: it ends the connection, or says nothing.</summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" };
}
