using System.Diagnostics;

namespace Pacil.BrowserTests.Support;

/// <summary>Waits, with a limit, for conditions that Playwright's expectations cannot check.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the page at that address has loaded and its scripts have run. Playwright's own
    /// <c>WaitForURLAsync</c> checks whether the page has loaded and only then listens for the load event; if the event
    /// falls in between, it waits in vain.
    /// </summary>
    public static async Task Arrives(this IPage page, string path)
    {
        await Expect(page).ToHaveURLAsync(path, new() { Timeout = (float)Patience.TotalMilliseconds });
        await Until(() => page.EvaluateAsync<bool>("document.readyState === 'complete'"), $"{path} is loaded");
    }

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="what">What the test waits for; part of the failure message.</param>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo()) watch.Elapsed.ShouldBeLessThan(Patience, $"In vain it is waited until {what}");
    }

    public static Task Soon(this Task said) => said.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Waits until the page has processed the answers that it has received so far.</summary>
    public static Task TakesIn(this IPage page) =>
        page.EvaluateAsync("fetch('/api/me').then((answer) => answer.json())");
}
