namespace Pacil.Streaming;

/// <summary>
/// Limits the memory of all rings together. Above the limit, the ring that has gone longest without a new entry drops
/// its entries first; its subscribers read from the database what they still need.
/// </summary>
/// <param name="bytesMax">As counted by <see cref="RingEntry.Bytes"/>.</param>
internal sealed class RingMemory(long bytesMax)
{
    public const long BytesMax = 64 * 1024 * 1024;

    private readonly Lock changing = new();
    private readonly Dictionary<FeedRing, (LinkedListNode<FeedRing> Node, int Bytes)> held = [];

    /// <summary>The ring that has gone longest without a new entry is first.</summary>
    private readonly LinkedList<FeedRing> order = [];
    private long bytes;

    public long Bytes
    {
        get
        {
            lock (changing) return bytes;
        }
    }

    /// <summary>Counts a ring. To be called outside the ring's lock, because it empties other rings.</summary>
    public void Count(FeedRing ring)
    {
        var crowded = Put(ring);
        while (crowded is not null)
        {
            crowded.Empty();
            crowded = Put(crowded);
        }
    }

    /// <summary>Nobody follows the ring any more. Entries that it still takes are not counted.</summary>
    public void Drop(FeedRing ring)
    {
        lock (changing)
        {
            ring.IsDropped = true;
            Take(ring);
        }
    }

    /// <returns>The ring that must be emptied, or null.</returns>
    private FeedRing? Put(FeedRing ring)
    {
        lock (changing)
        {
            var node = Take(ring) ?? new LinkedListNode<FeedRing>(ring);
            var now = ring.Bytes;
            if (now > 0 && !ring.IsDropped)
            {
                order.AddLast(node);
                held[ring] = (node, now);
                bytes += now;
            }
            return bytes > bytesMax ? order.First?.Value : null;
        }
    }

    private LinkedListNode<FeedRing>? Take(FeedRing ring)
    {
        if (!held.Remove(ring, out var before)) return null;
        order.Remove(before.Node);
        bytes -= before.Bytes;
        return before.Node;
    }
}
