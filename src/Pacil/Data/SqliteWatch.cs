namespace Pacil.Data;

/// <summary>
/// Looks ten times a second at what the connections do, and interrupts what is late or what nobody waits for any more.
/// A progress handler would not do: the full-text index works long without an opcode that would call it.
/// </summary>
internal sealed class SqliteWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<SqliteStatements> connections = [];
    private readonly Timer timer;

    public SqliteWatch() => timer = new Timer(_ => Look(), null, Interval, Interval);

    /// <param name="connection">Not disposed of before this is.</param>
    public void Add(SqliteStatements connection)
    {
        lock (connections) connections.Add(connection);
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Look()
    {
        lock (connections)
            foreach (var connection in connections) connection.InterruptIfLate();
    }
}
