using Pacil.Data;

namespace Pacil.Feed;

/// <summary>Some entries that come next at a place, read from the database; to be disposed of once.</summary>
internal sealed class FeedPage(SemaphoreSlim free, FeedPosition place) : IDisposable
{
    /// <summary>A single entry may be wider.</summary>
    public const int BytesMax = 64 * 1024;

    private readonly Queue<RingEntry> entries = [];
    private readonly int redactions = place.Ring.Redactions;

    public FeedPosition Place => place;

    public bool IsEmpty => entries.Count == 0;

    /// <summary>Keeps as many as fit, one at least; the rest is read again.</summary>
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

    /// <summary>The entry after that number; null where it is not here, or something was overwritten since.</summary>
    public RingEntry? After(long seq)
    {
        if (redactions != place.Ring.Redactions) return null;
        while (entries.TryDequeue(out var entry))
            if (entry.Seq == seq + 1) return entry;
        return null;
    }

    public void Dispose() => free.Release();
}
