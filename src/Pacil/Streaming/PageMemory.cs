using Pacil.Data;

namespace Pacil.Streaming;

/// <summary>
/// Limits how many pages of entries all subscribers together hold in memory. While all pages are in use, further
/// subscribers wait. The wait is short, because a subscriber with a slow client gives up its page when others wait.
/// </summary>
internal sealed class PageMemory : IDisposable
{
    public const int PagesMax = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim free = new(PagesMax);

    /// <summary>Whether all pages are in use, so that subscribers may be waiting for a page.</summary>
    public bool IsShort => free.CurrentCount == 0;

    /// <summary>Waits until a page of entries is free, and reserves it. Disposing the page frees it.</summary>
    /// <exception cref="DatabaseUnavailable">No page became free within ten seconds.</exception>
    public async Task<FeedPage> Take(FeedPosition place) => await free.WaitAsync(Patience)
        ? new FeedPage(free, place)
        : throw new DatabaseUnavailable("Too many read the feed from the database at once.");

    public void Dispose() => free.Dispose();
}
