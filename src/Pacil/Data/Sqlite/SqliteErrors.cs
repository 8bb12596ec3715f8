using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pacil.Data.Sqlite;

/// <summary>
/// Classifies SQLite errors. After an outage, such as a full disk, a later retry may succeed. Other errors are bugs.
/// </summary>
internal static class SqliteErrors
{
    public static bool IsOutage(SqliteException e) => e.SqliteErrorCode is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR
        or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL;

    public static bool IsInterrupted(SqliteException e) => e.SqliteErrorCode == raw.SQLITE_INTERRUPT;
}
