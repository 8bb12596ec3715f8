using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Pacil.Data.Sqlite;

/// <summary>
/// Runs all writes on one thread. It runs the waiting writes as a group, in one transaction with a savepoint for each
/// write. A write that fails is rolled back to its savepoint, and the other writes of the group continue. If the commit
/// fails, or SQLite rolls back the whole transaction, all writes of the group fail. SQLite also rolls back the whole
/// transaction when an INSERT, UPDATE or DELETE is interrupted because its write is late. Callers get their results
/// after the commit.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int GroupMax = 256;
    private const int QueueMax = 4096;

    private readonly SqliteStatements connection;
    private readonly TimeSpan writeMax;
    private readonly TimeProvider time;
    private readonly Action<IReadOnlyList<Entry>> announce;
    private readonly Thread thread;
    private readonly Channel<QueuedWrite> queue = Channel.CreateBounded<QueuedWrite>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true });

    /// <param name="connection">The writer owns the connection and closes it.</param>
    /// <param name="announce">
    /// Called after each commit with its entries. The entries of a feed are in the order of their numbers.
    /// </param>
    public SqliteWriter(
        SqliteStatements connection, TimeSpan writeMax, TimeProvider time, Action<IReadOnlyList<Entry>> announce)
    {
        this.connection = connection;
        this.writeMax = writeMax;
        this.time = time;
        this.announce = announce;
        thread = new Thread(Run) { Name = "SQLite writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Queues a write, and waits until it is committed.</summary>
    public async Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        var work = new QueuedWrite<T>(actor, apply, cancellation);
        await queue.Writer.WriteAsync(work, cancellation);
        return await work.Answer;
    }

    /// <summary>Finishes the queued writes, then closes the connection.</summary>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
        connection.Dispose();
    }

    private void Run()
    {
        var group = new List<QueuedWrite>(GroupMax);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try
            {
                Begin(group);
                while (group.Count < GroupMax && queue.Reader.TryRead(out var work))
                {
                    group.Add(work);
                    Apply(work);
                }
                connection.Execute("commit");
            }
            catch (Exception e)
            {
                Abandon(group, e);
            }
            Answer(group);
            group.Clear();
        }
    }

    /// <summary>
    /// Begins the transaction of a group. If BEGIN fails, all writes that are already queued join the group and fail
    /// with it, instead of waiting for one failing BEGIN after another.
    /// </summary>
    private void Begin(List<QueuedWrite> group)
    {
        var waited = queue.Reader.Count;
        try
        {
            connection.Execute("begin immediate");
        }
        catch
        {
            while (group.Count < waited && queue.Reader.TryRead(out var work)) group.Add(work);
            throw;
        }
    }

    /// <exception cref="DatabaseUnavailable">SQLite has rolled back the transaction of the whole group.</exception>
    private void Apply(QueuedWrite work)
    {
        connection.Execute("savepoint work");
        try
        {
            if (work.HasDeadline) connection.Begin(writeMax, CancellationToken.None);
            work.ApplyNow(
                actor => new(connection, Dialect.Sqlite, actor, time.UtcNow(), CancellationToken.None));
            connection.End();
        }
        catch (Exception e)
        {
            connection.End();
            if (!connection.IsInTransaction) throw new DatabaseUnavailable("SQLite dropped the transaction.", e);
            work.Fail(Translate(e));
        }
        if (!work.IsKept) connection.Execute("rollback to work");
        connection.Execute("release work");
    }

    private void Abandon(List<QueuedWrite> group, Exception e)
    {
        try
        {
            if (connection.IsInTransaction) connection.Execute("rollback");
        }
        catch (SqliteException)
        {
            // The connection is broken. The BEGIN of the next group fails, too, and the callers of that group get the
            // error.
        }
        foreach (var lost in group) lost.Fail(Translate(e));
    }

    private void Answer(List<QueuedWrite> group)
    {
        announce([.. group.SelectMany(work => work.Entries)]);
        foreach (var work in group) work.Finish();
    }

    private static Exception Translate(Exception e) =>
        e is not SqliteException sqlite ? e
        : SqliteErrors.IsInterrupted(sqlite) ? DatabaseUnavailable.Late(e)
        : SqliteErrors.IsOutage(sqlite) ? new DatabaseUnavailable("SQLite cannot write.", e)
        : e;
}
