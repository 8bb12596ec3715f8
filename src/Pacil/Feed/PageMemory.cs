using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// What all who read the log from the database hold of it together: so many pages. Who comes when all are taken waits.
/// Nobody waits long: a reader whose peer is slow to take what was sent gives its page back to those who wait.
/// </summary>
internal sealed class PageMemory : IDisposable
{
    public const int PagesMax = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim free = new(PagesMax);

    /// <summary>All are taken.</summary>
    public bool IsShort => free.CurrentCount == 0;

    /// <summary>Waits for a page to be free.</summary>
    /// <exception cref="DatabaseUnavailable">None has been for too long.</exception>
    public async Task<FeedPage> Take(FeedPosition place) => await free.WaitAsync(Patience)
        ? new FeedPage(free, place)
        : throw new DatabaseUnavailable("Too many read the feed from the database at once.");

    public void Dispose() => free.Dispose();
}
