namespace Pacil.Data.Postgres;

/// <summary>
/// Runs the writes of workspaces in groups. A group takes writes that wait for the same workspace, and runs them one
/// after the other in one transaction, with a savepoint for each. It first locks the workspace's feed, so writes of
/// other processes wait for the group as a whole. A write that fails is rolled back to its savepoint, and the others of
/// the group continue. If the commit fails or the connection breaks, all writes of the group fail. Callers get their
/// results after the commit. Groups of different workspaces run at the same time, each on a connection of its own.
/// </summary>
internal sealed class PostgresWriter
{
    /// <summary>How many times a write runs that collides with others each time.</summary>
    public const int AttemptsMax = 10;

    /// <summary>
    /// PostgreSQL remembers 64 savepoints of a running transaction; of more, others look up the state one by one.
    /// </summary>
    private const int GroupMax = 60;

    /// <summary>
    /// A group that has run for this time takes no further write, so that nobody waits long for others.
    /// </summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(50);

    private readonly Func<Task<PostgresTransaction>> begin;
    private readonly Func<Exception, Exception> translate;
    private readonly Action<IReadOnlyList<Entry>> announce;
    private readonly TimeProvider time;
    private readonly PostgresQueue queue = new();
    private readonly Task[] workers;

    /// <param name="writers">How many groups run at a time.</param>
    /// <param name="begin">Begins a transaction with the time limits of writes.</param>
    /// <param name="translate">Makes an error of the database a <see cref="DatabaseUnavailable"/>.</param>
    /// <param name="announce">
    /// Called after each commit with its entries. The entries of a feed are in the order of their numbers.
    /// </param>
    public PostgresWriter(
        int writers, Func<Task<PostgresTransaction>> begin, Func<Exception, Exception> translate,
        TimeProvider time, Action<IReadOnlyList<Entry>> announce)
    {
        (this.begin, this.translate, this.time, this.announce) = (begin, translate, time, announce);
        workers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(Work))];
    }

    /// <summary>Queues a write of the workspace, and waits until it is committed.</summary>
    /// <exception cref="DatabaseUnavailable">Too many writes wait, or nothing of the write is stored.</exception>
    public Task<T> Write<T>(
        long workspace, Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation)
    {
        var work = new QueuedWrite<T>(actor, apply, cancellation);
        queue.Add(workspace, work);
        return work.Answer;
    }

    /// <summary>Finishes the queued writes.</summary>
    public Task Stop()
    {
        queue.Close();
        return Task.WhenAll(workers);
    }

    private async Task Work()
    {
        await foreach (var workspace in queue.Turns)
            do await RunGroup(workspace);
            while (!queue.EndTurn(workspace));
    }

    private async Task RunGroup(long workspace)
    {
        var group = new List<QueuedWrite>();
        try
        {
            await using var transaction = await begin();
            var feed = await LockedFeed.Take(transaction, workspace);
            var began = time.GetTimestamp();
            while (group.Count < GroupMax && time.GetElapsedTime(began) < GroupTime
                && queue.TryTake(workspace, out var work))
            {
                group.Add(work);
                feed?.Following = Math.Min(queue.Count(workspace), GroupMax - group.Count);
                if (!await Apply(transaction, feed, work))
                {
                    group.Remove(work);
                    queue.Return(workspace, work);
                    break;
                }
                // Locks of other feeds, such as an inbox, are the last of a group, so that groups never deadlock.
                if (work.Entries.Any(entry => entry.FeedId != workspace)) break;
            }
            feed?.Store(transaction);
            var entries = group.SelectMany(work => work.Entries).ToList();
            await transaction.Commit(entries);
            announce(entries);
        }
        catch (Exception e) when (PostgresErrors.IsRefusal(e) && group.Count > 0 && group.TrueForAll(CanRunAgain))
        {
            // It is unknown which write is at fault. When they run again, each sends its statements at its own end.
            foreach (var work in group) queue.Return(workspace, work);
            group.Clear();
        }
        catch (Exception e)
        {
            // If no transaction begins, all writes that wait fail together, instead of one after another.
            if (group.Count == 0) while (queue.TryTake(workspace, out var work)) group.Add(work);
            foreach (var lost in group) lost.Fail(translate(e));
        }
        foreach (var work in group) work.Finish();
        queue.Free(group.Count);
    }

    /// <returns>False if the write has collided with another one and must run again in another group.</returns>
    private async Task<bool> Apply(PostgresTransaction transaction, LockedFeed? feed, QueuedWrite work)
    {
        var (isDone, isKept, before) = (true, false, feed?.Counters);
        transaction.Save();
        try
        {
            await work.Apply(actor => new(transaction, feed, actor, time.UtcNow(), CancellationToken.None));
            if (work.Attempts > 1) await transaction.Flush(CancellationToken.None);
            isKept = work.IsKept;
        }
        catch (Exception e) when (transaction.IsUsable)
        {
            isDone = !PostgresErrors.IsCollision(e) || !CanRunAgain(work);
            if (isDone) work.Fail(translate(e));
        }
        if (isKept)
        {
            transaction.Release();
            return true;
        }
        await transaction.Undo();
        feed?.Counters = before!;
        return isDone;
    }

    private static bool CanRunAgain(QueuedWrite work) => work.Attempts < AttemptsMax;
}
