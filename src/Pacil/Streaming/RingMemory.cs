namespace Pacil.Streaming;

/// <summary>
/// Limits the memory of all rings together. Above the limit, a ring drops all its entries: first the ring that has
/// received no entry for the longest time, then the next such ring, until the total is within the limit. Subscribers
/// read the dropped entries from the database.
/// </summary>
/// <param name="bytesMax">The limit in bytes. <see cref="RingEntry.Bytes"/> is the size of one entry.</param>
internal sealed class RingMemory(long bytesMax)
{
    public const long BytesMax = 64 * 1024 * 1024;

    private readonly Lock changing = new();
    private readonly Dictionary<FeedRing, (LinkedListNode<FeedRing> Node, int Bytes)> held = [];

    /// <summary>The counted rings. The ring that has received no entry for the longest time is the first.</summary>
    private readonly LinkedList<FeedRing> order = [];
    private long bytes;

    public long Bytes
    {
        get
        {
            lock (changing) return bytes;
        }
    }

    /// <summary>
    /// Counts the bytes of a ring, and empties rings while the total is above the limit. The caller must not hold the
    /// lock of a ring, because emptying a ring takes that ring's lock.
    /// </summary>
    public void Count(FeedRing ring)
    {
        var crowded = Put(ring);
        while (crowded is not null)
        {
            crowded.Empty();
            crowded = Put(crowded);
        }
    }

    /// <summary>
    /// Stops counting a ring that has no subscriber left. Entries that the ring receives later are not counted.
    /// </summary>
    public void Drop(FeedRing ring)
    {
        lock (changing)
        {
            ring.IsDropped = true;
            Take(ring);
        }
    }

    /// <summary>Updates the counted bytes of a ring and moves the ring to the end of <c>order</c>.</summary>
    /// <returns>The ring that must be emptied; null if the total is within the limit.</returns>
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
