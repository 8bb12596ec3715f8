using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Pacil.Data.Sqlite;

namespace Limit;

/// <summary>Opens SQLite connections with Pacil's settings and prepares statements that are reused.</summary>
internal static class Sqlite
{
    public static SqliteConnection Open(string database, params string[] pragmas)
    {
        SqliteLibrary.Require();
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        foreach (var pragma in pragmas.Prepend("pragma secure_delete = on").Prepend("pragma journal_mode = wal"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = pragma;
            command.ExecuteNonQuery();
        }
        return connection;
    }

    public static SqliteCommand Statement(this SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter, DBNull.Value);
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <summary>
    /// Gives the same result as Pacil's TextFolding.Key for letters without accents. The benchmark sends no other
    /// letters.
    /// </summary>
    public static string Key(string text) => text.ToLowerInvariant();

    /// <summary>
    /// Gives the same result as Pacil's TextFolding.SortKey for letters without accents and for numbers of up to nine
    /// digits.
    /// </summary>
    public static string SortKey(string text)
    {
        var sorted = new StringBuilder();
        var key = Key(text);
        for (var at = 0; at < key.Length; at++)
        {
            if (char.IsAsciiDigit(key[at]) && (at == 0 || !char.IsAsciiDigit(key[at - 1])))
            {
                var end = at;
                while (end < key.Length && char.IsAsciiDigit(key[end])) end++;
                while (at < end - 1 && key[at] == '0') at++;
                sorted.Append(end - at - 1);
            }
            sorted.Append(key[at]);
        }
        return sorted.ToString();
    }

    /// <summary>
    /// Gives the same result as Pacil's TextFolding.Searchable for text of digits, spaces and letters without accents.
    /// </summary>
    public static string Searchable(string text)
    {
        var result = new StringBuilder();
        var previous = ' ';
        foreach (var c in text.ToLowerInvariant())
        {
            var kind = char.IsAsciiDigit(c) ? '0' : c == ' ' ? ' ' : 'a';
            if (kind != ' ' && kind != previous) result.Append("  ");
            if (kind != ' ') result.Append(c);
            previous = kind;
        }
        return result.ToString();
    }

    /// <summary>Three private-use characters that identify the workspace in the search index.</summary>
    public static string Marker(long workspace) =>
        $"{Digit(workspace / 36_000_000)}{Digit(workspace / 6000 % 6000)}{Digit(workspace % 6000)}";

    private static char Digit(long value) => (char)(57344 + value);
}

/// <summary>A pool of readers. A reader serves one request at a time.</summary>
internal sealed class ReaderPool(string database, long workspace, long account, string page)
{
    private readonly ConcurrentQueue<Reader> idle = [];

    public T With<T>(Func<Reader, T> work)
    {
        var reader = idle.TryDequeue(out var ready) ? ready : new Reader(database, workspace, account, page);
        var result = work(reader);
        idle.Enqueue(reader);
        return result;
    }
}
