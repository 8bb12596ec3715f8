using Pacil.Data;
using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>
/// A ring buffer with the latest entries of one feed, shared by all subscribers of the feed. Appends take a lock. Reads
/// need no lock, because an entry object never changes. A reader checks the number of the entry in a slot, because a
/// newer entry may have replaced the expected entry. The ring accepts only the entry that directly follows its latest
/// entry; <see cref="RingLoader"/> loads missing entries from the database. The ring is limited in entries and in
/// bytes, and drops its oldest entries first. It also drops an entry that is overwritten in the database. Subscribers
/// read dropped entries from the database.
/// </summary>
internal sealed class FeedRing(long feed, bool isInbox, RingMemory memory)
{
    public const int BytesMax = 1024 * 1024;

    private const int CapacityMin = 16;
    private const int CapacityMax = Redaction.RingCapacity;

    private readonly Lock appending = new();
    private RingEntry?[] slots = new RingEntry?[CapacityMin];
    private long head = -1;
    private int generation;
    private int redactions;
    private int bytes;
    private bool hasDiverged;

    public long Feed => feed;
    public bool IsInbox => isInbox;

    public bool IsWorkspace => !isInbox && feed != Entry.Administration;

    /// <summary>The number of the feed's latest entry; -1 before the ring has started.</summary>
    public long Head => Volatile.Read(ref head);

    public int Mark { get; private set; }

    /// <summary>Goes up when the database was restored from a backup: subscribers must check their positions.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>Goes up when stored entries change: copies read before the change are no longer valid.</summary>
    public int Redactions => Volatile.Read(ref redactions);

    /// <summary>
    /// True if the ring and the database have different marks (random numbers) for the same entry: the database was
    /// restored from a backup.
    /// </summary>
    public bool HasDiverged => Volatile.Read(ref hasDiverged);

    public int Bytes => Volatile.Read(ref bytes);

    /// <summary>True if the ring has no subscriber left. <see cref="RingMemory"/> does not count such a ring.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Completes when the ring has read the feed's head from the database.</summary>
    public Task? Starting { get; set; }

    /// <summary>The calls to <see cref="RingLoader.Fill"/> since the running load began; 0 if no load runs.</summary>
    public int Fills;

    public FeedSubscriberList Subscribers { get; } = new();

    /// <summary>Starts or restarts the ring at the feed's head in the database.</summary>
    /// <param name="latest">The latest entries, for subscribers that reconnect after a short time.</param>
    public void Start(long seq, int mark, IEnumerable<Entry> latest)
    {
        lock (appending)
        {
            // The generation goes up first: a reader that finds a new entry must also see the new generation.
            if (head >= 0) Interlocked.Increment(ref generation);
            Empty();
            foreach (var entry in latest.Where(entry => entry.Seq <= seq)) Keep(RingEntry.Of(entry, isInbox));
            Mark = mark;
            hasDiverged = false;
            Volatile.Write(ref head, seq);
        }
        memory.Count(this);
    }

    /// <returns>False if an earlier entry is missing, or if the database was restored from a backup.</returns>
    public bool Append(Entry entry)
    {
        lock (appending)
        {
            if (head < 0) return false;
            hasDiverged |= (entry.Seq == head ? Mark : Find(entry.Seq)?.Mark) is { } known && known != entry.Mark;
            if (hasDiverged) return false;
            if (entry.Seq <= head) return true;
            if (entry.Seq != head + 1) return false;
            if (Redaction.Of(entry) is { Count: > 0 } overwritten) Evict(overwritten);
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

    /// <summary>
    /// Drops the entries that contain the account's name, because the name may have changed. Subscribers load their
    /// pages of entries again, because a page may contain the old name, too.
    /// </summary>
    public void EvictEntriesOf(long account)
    {
        lock (appending)
            Evict([.. from entry in slots where entry?.Actor == account select entry.Seq]);
    }

    /// <summary>Drops all entries. The head does not change, so the ring continues with the next entry.</summary>
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

    private void Evict(IReadOnlyList<long> seqs)
    {
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
