using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pacil.Data.Sqlite;

/// <summary>
/// A SQLite connection that caches its prepared statements by their SQL. Dapper creates a command for every call. The
/// command runs the cached statement with the parameters of the call.
/// </summary>
internal sealed class SqliteStatements(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Limits the cache, because some SQL text varies, for example with the length of a list of ids.</summary>
    private const int StatementsMax = 500;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    /// <summary>Guards the deadline, so that an interrupt for late work cannot stop the next work instead.</summary>
    private readonly Lock work = new();
    private long began = long.MaxValue;
    private long until = long.MaxValue;
    private CancellationToken cancellation;

    /// <summary>The last disposed command, for reuse: a command has a finalizer and is expensive to create.</summary>
    private PooledCommand? spare;

    /// <summary>Whether a transaction is open. SQLite may roll back by itself, for example on a full disk.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    private bool IsLate => cancellation.IsCancellationRequested || Environment.TickCount64 > until;

    /// <summary>Sets the deadline of the work that follows. Late or cancelled work is interrupted.</summary>
    public void Begin(TimeSpan max, CancellationToken caller)
    {
        var now = Environment.TickCount64;
        lock (work) (began, until, cancellation) = (now, now + (long)max.TotalMilliseconds, caller);
    }

    /// <summary>Removes the deadline. Work that follows is not interrupted.</summary>
    public void End()
    {
        lock (work) (began, until, cancellation) = (long.MaxValue, long.MaxValue, CancellationToken.None);
    }

    /// <summary>Whether the current work has already taken longer than <paramref name="time"/>.</summary>
    public bool HasTaken(TimeSpan time)
    {
        lock (work) return began < Environment.TickCount64 - (long)time.TotalMilliseconds;
    }

    /// <summary>
    /// Interrupts a running statement if it is late. Another thread calls this. A statement that has not begun yet
    /// checks the deadline itself.
    /// </summary>
    public void InterruptIfLate()
    {
        lock (work)
            if (IsLate) raw.sqlite3_interrupt(Handle);
    }

    private void ThrowIfLate()
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsLate) throw DatabaseUnavailable.Late();
    }

    public void Execute(string sql) => Prepared(sql).ExecuteNonQuery();

    protected override DbCommand CreateDbCommand()
    {
        var borrower = spare ?? new PooledCommand(this);
        spare = null;
        return borrower;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
        base.Dispose(disposing);
    }

    private SqliteCommand Prepared(string sql)
    {
        if (prepared.TryGetValue(sql, out var command)) return command;
        if (prepared.Count == StatementsMax)
        {
            foreach (var old in prepared.Values) old.Dispose();
            prepared.Clear();
        }
        command = CreateCommand();
        command.CommandText = sql;
        return prepared[sql] = command;
    }

    private sealed class PooledCommand(SqliteStatements statements) : DbCommand
    {
        private readonly SqliteCommand parameters = new();

        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string CommandText { get; set; } = "";
        public override int CommandTimeout { get; set; }
        public override CommandType CommandType { get; set; } = CommandType.Text;
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }
        protected override DbConnection? DbConnection { get; set; }
        protected override DbTransaction? DbTransaction { get; set; }
        protected override DbParameterCollection DbParameterCollection => parameters.Parameters;

        public override void Cancel() { }
        public override void Prepare() { }
        protected override DbParameter CreateDbParameter() => new SqliteParameter();
        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();
        public override object? ExecuteScalar() => Ready().ExecuteScalar();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Ready().ExecuteReader(behavior & ~CommandBehavior.CloseConnection);

        // SQLite completes synchronously, so these methods skip the cancellation callback of the base class.
        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
            Task.FromResult(ExecuteNonQuery());
        protected override Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior, CancellationToken cancellationToken) =>
            Task.FromResult(ExecuteDbDataReader(behavior));

        protected override void Dispose(bool disposing)
        {
            parameters.Parameters.Clear();
            statements.spare = this;
            base.Dispose(disposing);
        }

        private SqliteCommand Ready()
        {
            statements.ThrowIfLate();
            var command = statements.Prepared(CommandText);
            var bound = command.Parameters;
            for (var i = 0; i < parameters.Parameters.Count; i++)
            {
                var given = parameters.Parameters[i];
                if (i < bound.Count && bound[i].ParameterName.AsSpan(1).SequenceEqual(given.ParameterName))
                    bound[i].Value = given.Value;
                else
                    bound.AddWithValue("@" + given.ParameterName, given.Value);
            }
            return command;
        }
    }
}
