using System.Text.Json;

namespace Pacil.Data;

/// <summary>What the two spell differently, where one line can say it.</summary>
internal static class Dialects
{
    /// <summary>Whether a value is one of a list: Dapper spells it out for SQLite, PostgreSQL takes it whole.</summary>
    public static string In(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in {list}", postgres: $"= any({list})");

    /// <summary>Whether a value is one of a list that may be long; the parameter is a <see cref="List"/>.</summary>
    public static string Among(this Dialect dialect, string list) =>
        dialect.Pick(sqlite: $"in (select value from json_each({list}))", postgres: $"= any({list})");

    /// <summary>A list as one parameter, however long it is.</summary>
    public static object List(this Dialect dialect, IReadOnlyList<long> list) =>
        dialect == Dialect.Sqlite ? $"[{string.Join(',', list)}]" : list.ToArray();

    /// <inheritdoc cref="List(Dialect, IReadOnlyList{long})"/>
    public static object List(this Dialect dialect, IReadOnlyList<string> list) => dialect == Dialect.Sqlite
        ? $"[{string.Join(',', list.Select(text => $"\"{JsonEncodedText.Encode(text)}\""))}]"
        : list.ToArray();

    /// <summary>A time as a parameter: SQLite keeps it as an integer.</summary>
    public static object Stored(this Dialect dialect, DateTime time) =>
        dialect == Dialect.Sqlite ? DatabaseTime.ToMilliseconds(time) : time;

    /// <summary>The text for this database.</summary>
    public static string Pick(this Dialect dialect, string sqlite, string postgres) =>
        dialect == Dialect.Sqlite ? sqlite : postgres;
}
