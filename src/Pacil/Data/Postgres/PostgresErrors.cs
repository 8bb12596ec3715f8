using System.Net.Sockets;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>Classifies PostgreSQL errors by their SQLSTATE and severity, never by their message.</summary>
internal static class PostgresErrors
{
    /// <summary>
    /// The SQLSTATE after the server has ended a transaction by <c>idle_in_transaction_session_timeout</c>. Npgsql has
    /// no constant for this code.
    /// </summary>
    private const string IdleInWrite = "25P03";

    /// <summary>"Cached plan must not change result type": a schema change invalidates prepared statements.</summary>
    private const string StalePlan = PostgresErrorCodes.FeatureNotSupported;

    /// <summary>
    /// Whether the write collided with another write and should therefore run again. A unique violation is a collision,
    /// too: the use case looked for a key and did not find it, and then another write inserted the key. The use case
    /// finds the key when it runs again.
    /// </summary>
    public static bool IsCollision(Exception e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation
    };

    /// <summary>
    /// Whether the error is an outage, after which a later retry may succeed. These classes of SQLSTATE are outages: 08
    /// connection, 28 authentication, 3D database name, 40 collision (in the last attempt), 53 resources, 55 object
    /// state, 57 operator intervention, 58 system. Three errors of other classes are outages, too: a read-only server,
    /// a transaction that was idle for too long, and a statement that was prepared before the schema changed. Every
    /// error that does not come from the server, such as a broken connection, is an outage.
    /// </summary>
    public static bool IsOutage(Exception e) => e is PostgresException answer
        ? answer.SqlState is
            PostgresErrorCodes.ReadOnlySqlTransaction or IdleInWrite or StalePlan
            || answer.SqlState[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58"
        : e is NpgsqlException or SocketException or TimeoutException;

    /// <summary>Whether the server has stopped a statement that took too long.</summary>
    private static bool IsLate(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    private static bool IsStale(Exception e) => e is PostgresException { SqlState: StalePlan };

    /// <summary>
    /// Makes an outage a <see cref="DatabaseUnavailable"/>; leaves every other error. If the schema has changed, renews
    /// the connections, because their statements were prepared before.
    /// </summary>
    public static Exception Translate(Exception e, NpgsqlDataSource source)
    {
        if (!IsOutage(e)) return e;
        if (IsStale(e)) source.Clear();
        return IsLate(e)
            ? DatabaseUnavailable.Late(e)
            : new DatabaseUnavailable("PostgreSQL does not answer, or cannot write.", e);
    }

    /// <summary>Whether the server has refused a statement and the connection is still usable.</summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" };
}
