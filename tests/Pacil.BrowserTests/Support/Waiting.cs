using System.Diagnostics;

namespace Pacil.BrowserTests.Support;

/// <summary>Waits, with a limit, for conditions that Playwright's expectations cannot check.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the page at that address has loaded and its scripts have run. Playwright's own
    /// <c>WaitForURLAsync</c> first checks whether the page has loaded and then subscribes to the load event. If the
    /// page finishes loading between the two steps, <c>WaitForURLAsync</c> times out.
    /// </summary>
    public static async Task Arrives(this IPage page, string path)
    {
        await Expect(page).ToHaveURLAsync(path, new() { Timeout = (float)Patience.TotalMilliseconds });
        await Until(() => page.EvaluateAsync<bool>("document.readyState === 'complete'"), $"{path} is loaded");
    }

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="what">A description of the condition for the failure message.</param>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo()) watch.Elapsed.ShouldBeLessThan(Patience, $"In vain it is waited until {what}");
    }

    public static Task Soon(this Task said) => said.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Waits until the page has processed the responses that it has received so far.</summary>
    public static Task TakesIn(this IPage page) =>
        page.EvaluateAsync("fetch('/api/me').then((answer) => answer.json())");
}
