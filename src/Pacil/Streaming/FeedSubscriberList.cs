namespace Pacil.Streaming;

/// <summary>
/// The subscribers of one feed. They are woken in batches on the thread pool: in a batch, one subscriber after another
/// writes its entries and waits again.
/// </summary>
internal sealed class FeedSubscriberList : IThreadPoolWorkItem
{
    private const int PieceSize = 64;

    private readonly Lock changing = new();
    private readonly List<FeedSubscriber> members = [];
    private FeedSubscriber[]? snapshot = [];
    private int waking;

    public void Add(FeedSubscriber subscriber)
    {
        lock (changing)
        {
            members.Add(subscriber);
            snapshot = null;
        }
    }

    /// <returns>Whether the list is empty now.</returns>
    public bool Remove(FeedSubscriber subscriber)
    {
        lock (changing)
        {
            members.Remove(subscriber);
            snapshot = null;
            return members.Count == 0;
        }
    }

    public int Count
    {
        get
        {
            lock (changing) return members.Count;
        }
    }

    /// <summary>Wakes every subscriber, soon and on other threads.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref waking, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref waking, 0);
        var pass = new Pass(Snapshot());
        for (var n = 1; n < Environment.ProcessorCount; n++)
            ThreadPool.UnsafeQueueUserWorkItem(pass, preferLocal: false);
        ((IThreadPoolWorkItem)pass).Execute();
    }

    public FeedSubscriber[] Snapshot()
    {
        lock (changing) return snapshot ??= [.. members];
    }

    /// <summary>
    /// Wakes one batch, then queues itself behind the sends of that batch, so that its buffers are sent before the next
    /// batch fills more. Ten thousand buffers are never in use at once.
    /// </summary>
    private sealed class Pass(FeedSubscriber[] subscribers) : IThreadPoolWorkItem
    {
        private int taken;

        void IThreadPoolWorkItem.Execute()
        {
            var from = Interlocked.Add(ref taken, PieceSize) - PieceSize;
            for (var i = from; i < Math.Min(from + PieceSize, subscribers.Length); i++) subscribers[i].Signal.Call();
            if (from + PieceSize < subscribers.Length) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
