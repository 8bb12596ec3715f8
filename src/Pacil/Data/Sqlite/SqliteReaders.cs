using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pacil.Data.Sqlite;

/// <summary>
/// A pool of connections for reading. The number of concurrent reads is limited, because SQLite works on the calling
/// thread and more threads than processors gain nothing. Further reads wait for a connection, until their deadline.
/// </summary>
internal sealed class SqliteReaders(Func<SqliteStatements> open, SqliteWatch watch, TimeSpan readMax) : IDisposable
{
    public static readonly int PlacesMax = Math.Max(16, 2 * Environment.ProcessorCount);

    private readonly SemaphoreSlim places = new(PlacesMax);
    private readonly ConcurrentQueue<SqliteStatements> idle = [];

    /// <exception cref="DatabaseUnavailable">No connection became free before the deadline.</exception>
    public async Task<T> Read<T>(Func<SqliteStatements, Task<T>> query, CancellationToken cancellation)
    {
        var max = readMax;
        if (!places.Wait(0, cancellation))
        {
            var waiting = Stopwatch.StartNew();
            if (!await places.WaitAsync(max, cancellation)) throw DatabaseUnavailable.Late();
            max -= waiting.Elapsed;
        }
        try
        {
            if (!idle.TryDequeue(out var connection)) watch.Add(connection = open());
            try
            {
                connection.Begin(max, cancellation);
                return await query(connection);
            }
            finally
            {
                connection.End();
                idle.Enqueue(connection);
            }
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryDequeue(out var connection)) connection.Dispose();
    }
}
