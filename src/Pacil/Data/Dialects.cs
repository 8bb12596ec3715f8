using System.Text.Json;

namespace Pacil.Data;

/// <summary>Differences between the databases that fit into one expression.</summary>
internal static class Dialects
{
    /// <summary>Whether a value is in a list: Dapper expands it for SQLite, PostgreSQL takes it as an array.</summary>
    public static string In(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in {list}", postgres: $"= any({list})");

    /// <summary>Whether a value is in a list that may be long; the parameter is a <see cref="List"/>.</summary>
    public static string Among(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in (select value from json_each({list}))", postgres: $"= any({list})");

    /// <summary>A list of any length as one parameter.</summary>
    public static object List(this Dialect dialect, IReadOnlyList<long> list) =>
        dialect == Dialect.Sqlite ? $"[{string.Join(',', list)}]" : list.ToArray();

    /// <inheritdoc cref="List(Dialect, IReadOnlyList{long})"/>
    public static object List(this Dialect dialect, IReadOnlyList<string> list) => dialect == Dialect.Sqlite
        ? $"[{string.Join(',', list.Select(text => $"\"{JsonEncodedText.Encode(text)}\""))}]"
        : list.ToArray();

    /// <summary>A time as a parameter: SQLite stores an integer.</summary>
    public static object Stored(this Dialect dialect, DateTime time) =>
        dialect == Dialect.Sqlite ? DatabaseTime.ToMilliseconds(time) : time;

    public static string Pick(this Dialect dialect, string sqlite, string postgres) =>
        dialect == Dialect.Sqlite ? sqlite : postgres;
}
