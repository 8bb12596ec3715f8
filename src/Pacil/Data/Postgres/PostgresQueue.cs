using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Pacil.Data.Postgres;

/// <summary>The writes that wait for <see cref="PostgresWriter"/>, by workspace. The workspaces take turns.</summary>
internal sealed class PostgresQueue
{
    private const int Max = 4096;

    /// <summary>The waiting writes of each workspace that waits for its turn or has it.</summary>
    private readonly Dictionary<long, Queue<QueuedWrite>> waiting = [];
    private readonly Channel<long> ready = Channel.CreateUnbounded<long>();
    private int count;

    /// <summary>The workspaces in the order of their turns, until the queue is closed. For several readers.</summary>
    public IAsyncEnumerable<long> Turns => ready.Reader.ReadAllAsync();

    /// <exception cref="DatabaseUnavailable">Too many writes wait, or the queue is closed.</exception>
    public void Add(long workspace, QueuedWrite work)
    {
        lock (waiting)
        {
            if (count >= Max) throw new DatabaseUnavailable("Too many writes wait.");
            if (!waiting.TryGetValue(workspace, out var queue))
            {
                if (!ready.Writer.TryWrite(workspace)) throw new DatabaseUnavailable("Pacil is stopping.");
                waiting.Add(workspace, queue = []);
            }
            queue.Enqueue(work);
            count++;
        }
    }

    /// <summary>Takes the next write of the workspace that has its turn.</summary>
    public bool TryTake(long workspace, [NotNullWhen(true)] out QueuedWrite? work)
    {
        lock (waiting) return waiting[workspace].TryDequeue(out work);
    }

    public int Count(long workspace)
    {
        lock (waiting) return waiting[workspace].Count;
    }

    /// <summary>Puts a taken write back, to be taken again.</summary>
    public void Return(long workspace, QueuedWrite work)
    {
        lock (waiting) waiting[workspace].Enqueue(work);
    }

    /// <summary>Frees the places of taken writes that have their outcome.</summary>
    public void Free(int places)
    {
        lock (waiting) count -= places;
    }

    /// <summary>
    /// Ends the turn of a workspace. If further writes of it wait, it gets another turn after the others.
    /// </summary>
    /// <returns>False if the queue is closed and further writes wait. The workspace then keeps its turn.</returns>
    public bool EndTurn(long workspace)
    {
        lock (waiting)
            return waiting[workspace].Count == 0 ? waiting.Remove(workspace) : ready.Writer.TryWrite(workspace);
    }

    /// <summary>Refuses further workspaces. What already waits can still be taken.</summary>
    public void Close() => ready.Writer.TryComplete();
}
