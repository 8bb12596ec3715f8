using System.Data;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Pacil.Data;

/// <summary>
/// Configures how Dapper maps columns to C# types. A time is a UTC <see cref="DateTime"/>; SQLite stores it as
/// milliseconds since 1970.
/// </summary>
internal static class TypeHandlers
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTime));
        SqlMapper.RemoveTypeMap(typeof(DateTime?));
        SqlMapper.AddTypeHandler(new Utc());
    }

    private sealed class Utc : SqlMapper.TypeHandler<DateTime>
    {
        public override void SetValue(IDbDataParameter parameter, DateTime value) =>
            parameter.Value = parameter is NpgsqlParameter ? value : DatabaseTime.ToMilliseconds(value);

        public override DateTime Parse(object value) => value is DateTime time
            ? time
            : DatabaseTime.FromMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }
}
