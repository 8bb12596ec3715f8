using Pacil.Data;

namespace Pacil.Streaming;

/// <summary>
/// Some entries of a feed, read from the database for one subscriber. The number of such pages in memory is limited.
/// Dispose lets another subscriber load a page, and must be called exactly one time.
/// </summary>
internal sealed class FeedPage(SemaphoreSlim free, FeedPosition place) : IDisposable
{
    /// <summary>The maximum size of all entries of a page together. A page with only one entry may be larger.</summary>
    public const int BytesMax = 64 * 1024;

    private readonly Queue<RingEntry> entries = [];
    private readonly int redactions = place.Ring.Redactions;

    public FeedPosition Place => place;

    public bool IsEmpty => entries.Count == 0;

    /// <summary>
    /// Stores at least one entry, and more entries until the page is full. The caller must read the other entries again
    /// later.
    /// </summary>
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

    /// <summary>
    /// The entry with the number <paramref name="seq"/> + 1. Null if the page does not contain the entry, or if entries
    /// of the feed were overwritten in the database after the page was created.
    /// </summary>
    public RingEntry? After(long seq)
    {
        if (redactions != place.Ring.Redactions) return null;
        while (entries.TryDequeue(out var entry))
            if (entry.Seq == seq + 1) return entry;
        return null;
    }

    public void Dispose() => free.Release();
}
