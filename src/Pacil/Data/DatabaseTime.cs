using System.Data.Common;
using Npgsql;

namespace Pacil.Data;

/// <summary>Makes and converts the times that the databases store: UTC, in whole milliseconds.</summary>
internal static class DatabaseTime
{
    public static DateTime UtcNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
    }

    public static DateTime GetUtc(this DbDataReader reader, int ordinal) => reader is NpgsqlDataReader
        ? reader.GetDateTime(ordinal)
        : FromMilliseconds(reader.GetInt64(ordinal));

    public static long ToMilliseconds(DateTime time) =>
        (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static DateTime FromMilliseconds(long milliseconds) =>
        DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);
}
