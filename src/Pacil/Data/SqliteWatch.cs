namespace Pacil.Data;

/// <summary>
/// Looks ten times a second at what the connections do, and interrupts what is late or what nobody waits for any more.
/// A progress handler would not do: the full-text index works long without an opcode that would call it.
/// SQLite works on the thread that asks, so while a read takes long the pool is given one more to answer others with:
/// by itself it waits for half a second for each. Threads that were there from the start would take turns on the
/// processors when all reads are short, and double the time of the slowest hundredth.
/// </summary>
internal sealed class SqliteWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly int Workers;
    private static readonly int Ports;

    /// <summary>Of every database of the process.</summary>
    private static int longReads;

    private readonly List<SqliteStatements> connections = [];
    private readonly ManualResetEventSlim end = new();
    private readonly Thread looking;
    private int myLongReads;

    static SqliteWatch() => ThreadPool.GetMinThreads(out Workers, out Ports);

    /// <summary>On a thread of its own: the pool's may all be reading.</summary>
    public SqliteWatch()
    {
        looking = new Thread(Look) { IsBackground = true, Name = "SQLite watch" };
        looking.Start();
    }

    /// <param name="connection">Not disposed of before this is.</param>
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
