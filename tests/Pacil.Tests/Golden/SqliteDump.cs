using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Pacil.Data.Sqlite;

namespace Pacil.Tests.Golden;

/// <summary>Dumps a SQLite database to text, one row per line, and restores such a dump.</summary>
internal static class SqliteDump
{
    /// <summary>
    /// The dump contains first the tables, the indexes and the triggers that fill the search table, then the rows, and
    /// last all other triggers. The other triggers come last, because they would insert rows that the dump already
    /// contains. The dump omits the shadow tables of virtual tables.
    /// </summary>
    public static string Write(string folder)
    {
        using var connection = Open(folder);
        var schema = Rows(connection, "select type, name, sql from sqlite_master where sql is not null order by rowid")
            .Select(row => (Type: (string)row[0], Name: (string)row[1], Sql: (string)row[2])).ToList();
        var virtuals = schema.Where(part => part.Sql.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase))
            .Select(part => part.Name).ToList();
        var kept = schema.Where(part => !virtuals.Exists(
            table => part.Name.StartsWith($"{table}_", StringComparison.Ordinal) && part.Type == "table")).ToList();
        var tables = kept.Where(part => part.Type == "table" && part.Name != "sqlite_sequence").ToList();
        bool IsLate((string Type, string Name, string Sql) part) => part.Type == "trigger"
            && !virtuals.Exists(part.Sql.Contains);
        var text = new StringBuilder();
        foreach (var (_, name, sql) in kept.Where(part => part.Name != "sqlite_sequence" && !IsLate(part)))
            text.Append(CultureInfo.InvariantCulture, $"{sql};\n");
        foreach (var name in tables.Select(table => table.Name).Except(virtuals).Append("sqlite_sequence"))
            foreach (var row in Rows(connection, $"select * from {name}"))
                text.Append(CultureInfo.InvariantCulture,
                    $"insert into {name} values ({string.Join(", ", row.Select(Literal))});\n");
        foreach (var late in kept.Where(IsLate)) text.Append(CultureInfo.InvariantCulture, $"{late.Sql};\n");
        return text.ToString();
    }

    public static void Restore(string folder, string text)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = $"pragma foreign_keys = off; begin; {text} commit;";
        command.ExecuteNonQuery();
        Rows(connection, "pragma foreign_key_check").ShouldBeEmpty();
    }

    private static SqliteConnection Open(string folder)
    {
        SqliteLibrary.Require();
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "pacil.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static string Literal(object value) => value switch
    {
        DBNull => "null",
        byte[] bytes => $"x'{Convert.ToHexStringLower(bytes)}'",
        string text => $"'{text.Replace("'", "''")}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
