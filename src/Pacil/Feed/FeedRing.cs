using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// The end of one feed that somebody follows, in memory. One appends, all read without a lock: an entry never
/// changes (one that is overwritten in the database is dropped), and a slot that holds another number has moved on.
/// It takes only what comes next; whatever is announced beyond that leaves a hole, which the broadcaster fills from
/// the database. It holds so many entries and so many bytes: what does not fit pushes out the oldest, and whoever still
/// needs those reads them from the database.
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

    /// <summary>Where people can be; neither an inbox nor the administrators' feed.</summary>
    public bool IsWorkspace => !isInbox && feed != Entry.Administration;

    /// <summary>Where the feed ends, as far as this process knows; -1 until it has looked.</summary>
    public long Head => Volatile.Read(ref head);

    /// <summary>The mark of the entry at the head.</summary>
    public int Mark { get; private set; }

    /// <summary>Raised when the database turns out to be another's past: every place must be looked at again.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>How often something in the feed was overwritten: a copy from before is good no more.</summary>
    public int Redactions => Volatile.Read(ref redactions);

    /// <summary>An entry was announced or read that contradicts what the ring has: it must begin anew.</summary>
    public bool IsOther => Volatile.Read(ref isOther);

    /// <summary>What its entries take.</summary>
    public int Bytes => Volatile.Read(ref bytes);

    /// <summary>Nobody follows it any more: what it still takes is kept by nobody.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Done once the ring knows where the feed ends.</summary>
    public Task? Starting { get; set; }

    /// <summary>How often somebody asked to fill it since it was last found full.</summary>
    public int Fills;

    /// <summary>Those who follow, to be woken.</summary>
    public FeedSubscriberList Subscribers { get; } = new();

    /// <summary>Begins, or begins anew, at the end that the database states.</summary>
    /// <param name="latest">The entries that lead there, for those who come back from a short absence.</param>
    public void Start(long seq, int mark, IEnumerable<Entry> latest)
    {
        lock (appending)
        {
            // First of all: who finds an entry of the new history finds it raised.
            if (head >= 0) Interlocked.Increment(ref generation);
            Empty();
            foreach (var entry in latest.Where(entry => entry.Seq <= seq)) Keep(RingEntry.Of(entry, isInbox));
            Mark = mark;
            isOther = false;
            Volatile.Write(ref head, seq);
        }
        memory.Count(this);
    }

    /// <returns>False where an entry before it is missing, or the ring is of another history.</returns>
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

    /// <summary>The entry of that number; null where it is no longer, or not yet, in memory.</summary>
    public RingEntry? Find(long seq)
    {
        var now = Volatile.Read(ref slots);
        var entry = now[seq & (now.Length - 1)];
        return entry?.Seq == seq ? entry : null;
    }

    /// <summary>Forgets what says the name of an account, which may have another by now.</summary>
    public void EvictEntriesOf(long account)
    {
        lock (appending)
            Forget([.. from entry in slots where entry?.Actor == account select entry.Seq]);
    }

    /// <summary>Gives up all entries; the ring goes on with what comes next.</summary>
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

    /// <summary>Who still needs them reads them from the database, as they are now.</summary>
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
