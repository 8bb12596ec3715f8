using Pacil.Data;

namespace Pacil.Streaming;

/// <summary>
/// A ring buffer: the latest entries of one feed in memory, shared by its subscribers. Appends take a lock, reads do
/// not: an entry never changes, and a slot with another number has been reused. An entry that is overwritten in the
/// database is dropped. The ring accepts only head + 1; an announcement beyond that leaves a hole, which the
/// broadcaster fills from the database. It is bounded in entries and in bytes: the oldest go first, and a subscriber
/// that still needs them reads them from the database.
/// </summary>
internal sealed class FeedRing(long feed, bool isInbox, RingMemory memory)
{
    public const int BytesMax = 1024 * 1024;

    private const int CapacityMin = 16;
    private const int CapacityMax = Redaction.Copied;

    private readonly Lock appending = new();
    private RingEntry?[] slots = new RingEntry?[CapacityMin];
    private long head = -1;
    private int generation;
    private int redactions;
    private int bytes;
    private bool isOther;

    public long Feed => feed;
    public bool IsInbox => isInbox;

    public bool IsWorkspace => !isInbox && feed != Entry.Administration;

    /// <summary>The number of the latest entry; -1 before the ring has started.</summary>
    public long Head => Volatile.Read(ref head);

    public int Mark { get; private set; }

    /// <summary>Raised when the database has another history: subscribers must check their positions again.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>Raised whenever entries of the feed were overwritten: earlier copies are no longer valid.</summary>
    public int Redactions => Volatile.Read(ref redactions);

    /// <summary>An entry contradicts the ring: the database has another history, the ring must restart.</summary>
    public bool IsOther => Volatile.Read(ref isOther);

    public int Bytes => Volatile.Read(ref bytes);

    /// <summary>Nobody follows the feed any more; <see cref="RingMemory"/> no longer counts the ring.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Completes when the ring knows the head.</summary>
    public Task? Starting { get; set; }

    /// <summary>The calls to <see cref="RingLoader.Fill"/> that the running load must answer; 0: none runs.</summary>
    public int Fills;

    public FeedSubscriberList Subscribers { get; } = new();

    /// <summary>Starts, or starts again, at the head in the database.</summary>
    /// <param name="latest">The latest entries, for subscribers that return after a short absence.</param>
    public void Start(long seq, int mark, IEnumerable<Entry> latest)
    {
        lock (appending)
        {
            // Raised first: a reader that finds an entry of the new history must also see the new generation.
            if (head >= 0) Interlocked.Increment(ref generation);
            Empty();
            foreach (var entry in latest.Where(entry => entry.Seq <= seq)) Keep(RingEntry.Of(entry, isInbox));
            Mark = mark;
            isOther = false;
            Volatile.Write(ref head, seq);
        }
        memory.Count(this);
    }

    /// <returns>False if an entry before it is missing, or the database has another history.</returns>
    public bool Append(Entry entry)
    {
        lock (appending)
        {
            if (head < 0) return false;
            isOther |= (entry.Seq == head ? Mark : Find(entry.Seq)?.Mark) is { } known && known != entry.Mark;
            if (isOther) return false;
            if (entry.Seq <= head) return true;
            if (entry.Seq != head + 1) return false;
            Forget(Redaction.Of(entry));
            Keep(RingEntry.Of(entry, isInbox));
            Mark = entry.Mark;
            Volatile.Write(ref head, entry.Seq);
        }
        memory.Count(this);
        return true;
    }

    public RingEntry? Find(long seq)
    {
        var now = Volatile.Read(ref slots);
        var entry = now[seq & (now.Length - 1)];
        return entry?.Seq == seq ? entry : null;
    }

    /// <summary>Drops the entries that contain the name of an account, which may have changed.</summary>
    public void EvictEntriesOf(long account)
    {
        lock (appending)
            Forget([.. from entry in slots where entry?.Actor == account select entry.Seq]);
    }

    /// <summary>Drops all entries but keeps the head: the ring goes on with the next entry.</summary>
    public void Empty()
    {
        lock (appending) (slots, bytes) = (new RingEntry?[CapacityMin], 0);
    }

    private void Keep(RingEntry entry)
    {
        if (slots[entry.Seq & (slots.Length - 1)] is not null && slots.Length < CapacityMax) Grow();
        Put(entry.Seq, entry);
        for (var oldest = entry.Seq - slots.Length + 1; bytes > BytesMax; oldest++) Put(oldest, null);
    }

    private void Put(long seq, RingEntry? entry)
    {
        ref var slot = ref slots[seq & (slots.Length - 1)];
        bytes += (entry?.Bytes ?? 0) - (slot?.Bytes ?? 0);
        Volatile.Write(ref slot, entry);
    }

    private void Forget(IReadOnlyList<long> seqs)
    {
        if (seqs.Count == 0) return;
        Interlocked.Increment(ref redactions);
        foreach (var seq in seqs)
            if (Find(seq) is not null) Put(seq, null);
    }

    private void Grow()
    {
        var larger = new RingEntry?[slots.Length * 4];
        foreach (var entry in slots.OfType<RingEntry>()) larger[entry.Seq & (larger.Length - 1)] = entry;
        Volatile.Write(ref slots, larger);
    }
}
