using System.Diagnostics;

namespace Pacil.BrowserTests.Support;

internal static class Arrival
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the page of that address is loaded and its scripts have run. Playwright's own
    /// <c>WaitForURLAsync</c> looks whether the load is over and only then listens for its end; what falls in
    /// between it waits for in vain.
    /// </summary>
    public static async Task Arrives(this IPage page, string path)
    {
        await Expect(page).ToHaveURLAsync(path, new() { Timeout = (float)Patience.TotalMilliseconds });
        var watch = Stopwatch.StartNew();
        while (!await page.EvaluateAsync<bool>("document.readyState === 'complete'"))
            watch.Elapsed.ShouldBeLessThan(Patience, $"{path} does not finish loading");
    }
}
