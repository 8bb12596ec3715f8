namespace Pacil.Data.Sqlite;

/// <summary>
/// Checks the connections ten times a second, and interrupts work that is late or cancelled. A progress handler would
/// not suffice: the full-text index works long without an opcode that calls it. SQLite works on the calling thread, so
/// during each long read the thread pool gets one more thread to answer others; by itself the pool waits half a second
/// before it adds one. Extra threads from the start would compete for the processors when all reads are short, and
/// double the 99th percentile.
/// </summary>
internal sealed class SqliteWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly int Workers;
    private static readonly int Ports;

    /// <summary>Of all databases in the process, which share the thread pool.</summary>
    private static int longReads;

    private readonly List<SqliteStatements> connections = [];
    private readonly ManualResetEventSlim end = new();
    private readonly Thread looking;
    private int myLongReads;

    static SqliteWatch() => ThreadPool.GetMinThreads(out Workers, out Ports);

    /// <summary>Checks on its own thread, because all threads of the pool may be reading.</summary>
    public SqliteWatch()
    {
        looking = new Thread(Look) { IsBackground = true, Name = "SQLite watch" };
        looking.Start();
    }

    /// <param name="connection">Must outlive this object.</param>
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
