using Pacil.Data;
using Pacil.Streaming;

namespace Pacil.Log;

/// <summary>
/// Limits how many pages of the log all readers together hold in memory. A reader waits while all are taken. The wait
/// is short: a reader whose peer is slow gives its page to those that wait.
/// </summary>
internal sealed class PageMemory : IDisposable
{
    public const int PagesMax = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim free = new(PagesMax);

    /// <summary>All pages are taken, so others may wait for one.</summary>
    public bool IsShort => free.CurrentCount == 0;

    /// <exception cref="DatabaseUnavailable">No page became free in time.</exception>
    public async Task<FeedPage> Take(FeedPosition place) => await free.WaitAsync(Patience)
        ? new FeedPage(free, place)
        : throw new DatabaseUnavailable("Too many read the feed from the database at once.");

    public void Dispose() => free.Dispose();
}
