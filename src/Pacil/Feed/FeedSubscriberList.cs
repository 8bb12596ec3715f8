namespace Pacil.Feed;

/// <summary>
/// Those who follow one feed. Waking ten thousand is cut into pieces; in each, one after another writes what it has
/// to and sleeps again.
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

    /// <returns>Whether nobody is left.</returns>
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

    /// <summary>Lets everyone look again, soon and on other threads.</summary>
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
    /// Wakes one piece and queues itself again, behind the sends which that piece has queued: so each buffer is on
    /// its way before the next are filled, and ten thousand are never in use at once.
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
