using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Pacil.Data;

/// <summary>
/// A connection lent by <see cref="Database"/>: Dapper over prepared statements. Each statement sees one snapshot, so
/// data that must be consistent is read by one statement. A comment in each statement names the file and line of the
/// caller, so that a slow query in the server's log can be traced.
/// </summary>
internal class Connection(DbConnection connection, Dialect dialect, CancellationToken cancellation)
{
    private static readonly ConcurrentDictionary<(string Sql, int Line), string> Stamped = new();

    public Dialect Dialect => dialect;

    /// <summary>The time limit of a statement on its server; null for the connection's default, 0 for none.</summary>
    protected virtual int? TimeoutSeconds => null;

    /// <summary>All rows, in the order of the statement.</summary>
    public async Task<List<T>> Query<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await connection.QueryAsync<T>(Command(sql, parameters, file, line))).AsList();

    /// <summary>Rows up to and including the last to be read, for rows that may be wide.</summary>
    public async Task<List<T>> Query<T>(
        string sql, object parameters, Func<T, bool> isLast,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(sql, parameters, file, line));
        var parse = reader.GetRowParser<T>();
        return await Rows(reader, row => parse(row), isLast);
    }

    /// <summary>All rows, each as two objects split at a column; the second is null if that column is.</summary>
    public async Task<List<(TFirst, TSecond?)>> Query<TFirst, TSecond>(
        string sql, object parameters, string split = "id",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await connection.QueryAsync<TFirst, TSecond?, (TFirst, TSecond?)>(
            Command(sql, parameters, file, line), static (first, second) => (first, second), split)).AsList();

    /// <summary>All rows, read without Dapper, for the few lists whose speed matters.</summary>
    /// <param name="isLast">Whether a row is the last to be read; null to read all rows.</param>
    public async Task<List<T>> Query<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        Func<T, bool>? isLast = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await Rows(reader, row, isLast);
    }

    /// <summary>The first row, or the type's default if there is none.</summary>
    public Task<T?> First<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters, file, line));

    /// <summary>The first row, read without Dapper, or null.</summary>
    public async Task<T?> First<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : class
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? row(reader) : null;
    }

    /// <returns>How many rows changed.</returns>
    protected Task<int> Run(string sql, object? parameters, string file, int line) =>
        connection.ExecuteAsync(Command(sql, parameters, file, line));

    private async Task<List<T>> Rows<T>(DbDataReader reader, Func<DbDataReader, T> row, Func<T, bool>? isLast)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(row(reader));
            if (isLast?.Invoke(rows[^1]) is true) break;
        }
        return rows;
    }

    private CommandDefinition Command(string sql, object? parameters, string file, int line) =>
        new(Stamp(sql, file, line), parameters, commandTimeout: TimeoutSeconds, cancellationToken: cancellation);

    private DbCommand Prepare(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, string file, int line)
    {
        var command = connection.CreateCommand();
        command.CommandText = Stamp(sql, file, line);
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = parameters[i].Name;
            parameter.Value = parameters[i].Value is DateTime time ? dialect.Stored(time) : parameters[i].Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static string Stamp(string sql, string file, int line)
    {
        if (Stamped.TryGetValue((sql, line), out var stamped)) return stamped;
        var slice = Path.GetFileName(Path.GetDirectoryName(file));
        return Stamped[(sql, line)] = $"{sql} -- {slice}/{Path.GetFileName(file)}:{line}";
    }
}
