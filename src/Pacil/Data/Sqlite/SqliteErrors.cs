using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pacil.Data.Sqlite;

/// <summary>Which SQLite errors are an outage, to be retried later, and not a bug.</summary>
internal static class SqliteErrors
{
    public static bool IsOutage(SqliteException e) => e.SqliteErrorCode is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR
        or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL;

    public static bool IsInterrupted(SqliteException e) => e.SqliteErrorCode == raw.SQLITE_INTERRUPT;
}
