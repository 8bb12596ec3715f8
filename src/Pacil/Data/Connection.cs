using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Pacil.Data;

/// <summary>
/// A connection on loan from <see cref="Database"/>: Dapper over prepared statements. Each statement sees one
/// snapshot, so what must fit together is asked in one. Each carries a comment with the file and line that wrote
/// it, so that a slow query in the server's log names its author.
/// </summary>
internal class Connection(DbConnection connection, Dialect dialect, CancellationToken cancellation)
{
    private static readonly ConcurrentDictionary<(string Sql, int Line), string> Stamped = new();

    public Dialect Dialect => dialect;

    /// <summary>How long a statement may take on its server; null: as the connection says, 0: for ever.</summary>
    protected virtual int? TimeoutSeconds => null;

    /// <summary>All rows, in the order of the statement.</summary>
    public async Task<List<T>> Query<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await connection.QueryAsync<T>(Command(sql, parameters, file, line))).AsList();

    /// <summary>Rows up to the one that is the last to be read, for rows that may be wide.</summary>
    public async Task<List<T>> Query<T>(
        string sql, object parameters, Func<T, bool> isLast,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(sql, parameters, file, line));
        var parse = reader.GetRowParser<T>();
        return await Rows(reader, row => parse(row), isLast);
    }

    /// <summary>
    /// All rows, each as two: the columns before <paramref name="split"/>, and those from it on, which are null where
    /// it is.
    /// </summary>
    public async Task<List<(TFirst, TSecond?)>> Query<TFirst, TSecond>(
        string sql, object parameters, string split = "id",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await connection.QueryAsync<TFirst, TSecond?, (TFirst, TSecond?)>(
            Command(sql, parameters, file, line), static (first, second) => (first, second), split)).AsList();

    /// <summary>All rows, read by hand and without Dapper: for the few lists whose speed is worth it.</summary>
    /// <param name="isLast">Whether a row is the last to be read; null: none is before the end.</param>
    public async Task<List<T>> Query<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        Func<T, bool>? isLast = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await Rows(reader, row, isLast);
    }

    /// <summary>The first row, or the type's default where there is none.</summary>
    public Task<T?> First<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters, file, line));

    /// <summary>The first row, read by hand, or null.</summary>
    public async Task<T?> First<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : class
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? row(reader) : null;
    }

    /// <summary>Runs a statement that changes something.</summary>
    /// <returns>How many rows it changed.</returns>
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
