using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Pacil.Data;

/// <summary>
/// Runs statements for a use case, by Dapper and as prepared statements. <see cref="Database"/> lends the connection
/// for the duration of one read or write. Each statement sees its own snapshot, so data that must be consistent is read
/// by a single statement. Each statement ends with a comment that names the file and line of the caller, so that a slow
/// query in the server's log can be traced.
/// </summary>
internal class Connection(DbConnection connection, Dialect dialect, CancellationToken cancellation)
{
    private static readonly ConcurrentDictionary<(string Sql, int Line), string> Stamped = new();

    public Dialect Dialect => dialect;

    /// <summary>
    /// The timeout of the commands that Dapper runs. Null means the default of the connection, 0 means no timeout.
    /// </summary>
    protected virtual int? TimeoutSeconds => null;

    protected CancellationToken Cancellation => cancellation;

    /// <summary>Reads all rows, in the order in which the statement returns them.</summary>
    public async Task<List<T>> Query<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await (await Ready()).QueryAsync<T>(Command(sql, parameters, file, line))).AsList();

    /// <summary>
    /// Reads rows until <paramref name="isLast"/> returns true, and includes that last row. For statements whose rows
    /// may be large.
    /// </summary>
    public async Task<List<T>> Query<T>(
        string sql, object parameters, Func<T, bool> isLast,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var reader = await (await Ready()).ExecuteReaderAsync(Command(sql, parameters, file, line));
        var parse = reader.GetRowParser<T>();
        return await Rows(reader, row => parse(row), isLast);
    }

    /// <summary>Reads all rows, each as two objects.</summary>
    /// <param name="split">The first column of the second object. If this column is null, so is the object.</param>
    public async Task<List<(TFirst, TSecond?)>> Query<TFirst, TSecond>(
        string sql, object parameters, string split = "id",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        (await (await Ready()).QueryAsync<TFirst, TSecond?, (TFirst, TSecond?)>(
            Command(sql, parameters, file, line), static (first, second) => (first, second), split)).AsList();

    /// <summary>Reads rows without Dapper, because that is faster. For the few lists whose speed matters.</summary>
    /// <param name="row">Makes an object of the reader's current row.</param>
    /// <param name="isLast">Reading stops after the first row for which this is true. Null reads all rows.</param>
    public virtual async Task<List<T>> Query<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        Func<T, bool>? isLast = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await Rows(reader, row, isLast);
    }

    /// <summary>Reads the first row. Returns the default of the type if the statement returns no row.</summary>
    public async Task<T?> First<T>(
        string sql, object? parameters = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        await (await Ready()).QueryFirstOrDefaultAsync<T>(Command(sql, parameters, file, line));

    /// <summary>Reads the first row without Dapper. Returns null if the statement returns no row.</summary>
    public virtual async Task<T?> First<T>(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> row,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : class
    {
        await using var command = Prepare(sql, parameters, file, line);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? row(reader) : null;
    }

    /// <summary>Makes the connection ready for a statement. Returns the connection.</summary>
    protected virtual ValueTask<DbConnection> Ready() => new(connection);

    protected async Task<int> Run(string sql, object? parameters, string file, int line) =>
        await (await Ready()).ExecuteAsync(Command(sql, parameters, file, line));

    protected async Task Run(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, string file, int line)
    {
        await using var command = Prepare(sql, parameters, file, line);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected async Task<List<T>> Rows<T>(DbDataReader reader, Func<DbDataReader, T> row, Func<T, bool>? isLast)
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
            Null.Set(parameter, parameters[i].Value is DateTime time ? dialect.Stored(time) : parameters[i].Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    protected static string Stamp(string sql, string file, int line)
    {
        if (Stamped.TryGetValue((sql, line), out var stamped)) return stamped;
        var slice = Path.GetFileName(Path.GetDirectoryName(file));
        return Stamped[(sql, line)] = $"{sql} -- {slice}/{Path.GetFileName(file)}:{line}";
    }
}
