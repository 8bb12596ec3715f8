using Pacil.Data;

namespace Pacil.Streaming;

/// <summary>The next entries after a position, read from the database. It must be disposed once.</summary>
internal sealed class FeedPage(SemaphoreSlim free, FeedPosition place) : IDisposable
{
    /// <summary>The limit for all entries together; a single entry may be larger.</summary>
    public const int BytesMax = 64 * 1024;

    private readonly Queue<RingEntry> entries = [];
    private readonly int redactions = place.Ring.Redactions;

    public FeedPosition Place => place;

    public bool IsEmpty => entries.Count == 0;

    /// <summary>Keeps as many as fit, at least one; the rest is read again later.</summary>
    public void Fill(List<Entry> read)
    {
        var bytes = 0;
        foreach (var entry in read)
        {
            var encoded = RingEntry.Of(entry, place.Ring.IsInbox);
            bytes += encoded.Json.Length;
            if (bytes > BytesMax && entries.Count > 0) break;
            entries.Enqueue(encoded);
        }
    }

    /// <summary>The entry after that number; null if it is missing, or entries were overwritten meanwhile.</summary>
    public RingEntry? After(long seq)
    {
        if (redactions != place.Ring.Redactions) return null;
        while (entries.TryDequeue(out var entry))
            if (entry.Seq == seq + 1) return entry;
        return null;
    }

    public void Dispose() => free.Release();
}
