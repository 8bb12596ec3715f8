using System.Text.Json;

namespace Pacil.Data;

/// <summary>Writes the SQL fragments and parameters that differ between the databases.</summary>
internal static class Dialects
{
    /// <summary>
    /// The SQL condition that a value is in a short list. For SQLite, Dapper expands the list to one parameter for each
    /// value. For PostgreSQL, the list is one array parameter.
    /// </summary>
    public static string In(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in {list}", postgres: $"= any({list})");

    /// <summary>
    /// The SQL condition that a value is in a list of any length. The value of its parameter must come from
    /// <see cref="List(Dialect, IReadOnlyList{long})"/>.
    /// </summary>
    public static string Among(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in (select value from json_each({list}))", postgres: $"= any({list})");

    /// <summary>A list of any length as the value of one parameter: JSON for SQLite, an array for PostgreSQL.</summary>
    public static object List(this Dialect dialect, IReadOnlyList<long> list) =>
        dialect == Dialect.Sqlite ? $"[{string.Join(',', list)}]" : list.ToArray();

    /// <inheritdoc cref="List(Dialect, IReadOnlyList{long})"/>
    public static object List(this Dialect dialect, IReadOnlyList<string> list) => dialect == Dialect.Sqlite
        ? $"[{string.Join(',', list.Select(text => $"\"{JsonEncodedText.Encode(text)}\""))}]"
        : list.ToArray();

    /// <summary>A time as the value of a parameter. SQLite stores it as milliseconds since 1970.</summary>
    public static object Stored(this Dialect dialect, DateTime time) =>
        dialect == Dialect.Sqlite ? DatabaseTime.ToMilliseconds(time) : time;

    public static string Pick(this Dialect dialect, string sqlite, string postgres) =>
        dialect == Dialect.Sqlite ? sqlite : postgres;
}
