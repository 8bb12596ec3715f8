using System.Data;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// A transaction at READ COMMITTED, of one write or of a group. It keeps back statements whose result nobody needs, and
/// sends them together with the next one. Disposing rolls back what is not committed.
/// </summary>
internal sealed class PostgresTransaction : IAsyncDisposable
{
    private const string Savepoint = "work";

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlTransaction transaction;
    private readonly bool hasDeadline;
    private readonly List<NpgsqlBatchCommand> kept = [];

    /// <summary>
    /// The savepoint of the current write, while it is kept back. Statements before it are of earlier writes.
    /// </summary>
    private NpgsqlBatchCommand? savepoint;
    private bool isLost;

    private PostgresTransaction(
        NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction, bool hasDeadline) =>
        (this.source, Connection, this.transaction, this.hasDeadline) = (source, connection, transaction, hasDeadline);

    public NpgsqlConnection Connection { get; }

    public PostgresIds Ids { get; } = new();

    /// <summary>
    /// Whether the transaction can go on after an error. It cannot if the connection is broken, or if a statement of an
    /// earlier write has failed.
    /// </summary>
    public bool IsUsable => !isLost && Connection.FullState.HasFlag(ConnectionState.Open);

    /// <param name="limits">Statements that set the transaction's time limits; none for those of the session.</param>
    public static async Task<PostgresTransaction> Begin(
        NpgsqlDataSource source, string[] limits, bool hasDeadline, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var begun = new PostgresTransaction(
                source, connection,
                await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation), hasDeadline);
            foreach (var limit in limits) begun.Send(limit, []);
            if (!hasDeadline) begun.Send("set local statement_timeout = 0", []);
            return begun;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps a statement back until the next <see cref="Read"/> or <see cref="Flush"/>.</summary>
    public void Send(string sql, IReadOnlyList<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            var parameter = new NpgsqlParameter { ParameterName = name };
            Null.Set(parameter, value);
            command.Parameters.Add(parameter);
        }
        kept.Add(command);
    }

    /// <summary>Sends a statement and everything that is kept back, in one round trip.</summary>
    /// <returns>A reader of the rows of this statement.</returns>
    public Task<NpgsqlDataReader> Read(
        string sql, IReadOnlyList<(string Name, object Value)> parameters, CancellationToken cancellation)
    {
        Send(sql, parameters);
        return SendAll(cancellation);
    }

    /// <summary>Sends everything that is kept back.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        if (kept.Count > 0) await (await SendAll(cancellation)).DisposeAsync();
    }

    /// <summary>Sets a savepoint at the start of a write of a group.</summary>
    public void Save()
    {
        savepoint = new NpgsqlBatchCommand($"savepoint {Savepoint}");
        kept.Add(savepoint);
    }

    /// <summary>Keeps everything since the last <see cref="Save"/>.</summary>
    public void Release() => Send($"release savepoint {Savepoint}", []);

    /// <summary>Undoes everything since the last <see cref="Save"/>.</summary>
    public async Task Undo()
    {
        var first = savepoint is null ? 0 : kept.IndexOf(savepoint);
        kept.RemoveRange(first, kept.Count - first);
        if (savepoint is null) await transaction.RollbackAsync(Savepoint, CancellationToken.None);
        savepoint = null;
    }

    /// <summary>Commits. If the server does not answer, finds out whether it has committed.</summary>
    /// <param name="entries">The entries that the transaction stored, in the order in which it stored them.</param>
    /// <exception cref="DatabaseUnavailable">The outcome is unknown.</exception>
    public async Task Commit(IReadOnlyList<Entry> entries)
    {
        await Flush(CancellationToken.None);
        try
        {
            // Ignore cancellation from here on, so that every committed write is also announced.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (!PostgresErrors.IsRefusal(e))
        {
            await Connection.DisposeAsync();
            if (!await CommitInDoubt.TookPlace(source, entries, e)) throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async Task<NpgsqlDataReader> SendAll(CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(Connection, transaction);
        if (!hasDeadline) batch.Timeout = 0;
        foreach (var command in kept) batch.BatchCommands.Add(command);
        var earlier = savepoint is null ? [] : kept[..kept.IndexOf(savepoint)];
        kept.Clear();
        savepoint = null;
        try
        {
            return await batch.ExecuteReaderAsync(cancellation);
        }
        catch (NpgsqlException e) when (e.BatchCommand is { } failed && earlier.Contains(failed))
        {
            isLost = true;
            throw;
        }
    }
}
