namespace Pacil.Data.Sqlite;

/// <summary>
/// Checks all connections ten times a second, and interrupts work that is late or cancelled. SQLite's progress handler
/// cannot replace this check, because the full-text index works for a long time without calling the handler.
/// <para>
/// SQLite works on the calling thread, so a long read blocks a thread of the thread pool. The check raises the pool's
/// minimum by one thread for each long read, because the pool itself waits half a second before it adds a thread. A
/// permanently higher minimum would be worse: while all reads are short, the additional threads would compete for the
/// processors and double the 99th percentile of the response time.
/// </para>
/// </summary>
internal sealed class SqliteWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly int Workers;
    private static readonly int Ports;

    /// <summary>The number of long reads of all databases in this process, which share its thread pool.</summary>
    private static int longReads;

    private readonly List<SqliteStatements> connections = [];
    private readonly ManualResetEventSlim end = new();
    private readonly Thread looking;
    private int myLongReads;

    static SqliteWatch() => ThreadPool.GetMinThreads(out Workers, out Ports);

    /// <summary>Starts a thread for the check, because all threads of the thread pool may be busy reading.</summary>
    public SqliteWatch()
    {
        looking = new Thread(Look) { IsBackground = true, Name = "SQLite watch" };
        looking.Start();
    }

    /// <param name="connection">It must remain open until the watch is disposed.</param>
    public void Add(SqliteStatements connection)
    {
        lock (connections) connections.Add(connection);
    }

    public ValueTask DisposeAsync()
    {
        end.Set();
        looking.Join();
        end.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Look()
    {
        while (!end.Wait(Interval))
            lock (connections)
            {
                foreach (var connection in connections) connection.InterruptIfLate();
                Reserve(connections.Count(connection => connection.HasTaken(Interval)));
            }
        Reserve(0);
    }

    private void Reserve(int reads)
    {
        if (reads == myLongReads) return;
        var all = Interlocked.Add(ref longReads, reads - myLongReads);
        myLongReads = reads;
        ThreadPool.SetMinThreads(Workers + all, Ports);
    }
}
