using System.Diagnostics;

namespace Pacil.BrowserTests.Support;

/// <summary>Waiting for what no expectation of Playwright's can see, and never for ever.</summary>
internal static class Waiting
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
        await Until(() => page.EvaluateAsync<bool>("document.readyState === 'complete'"), $"{path} is loaded");
    }

    /// <summary>Asks again and again.</summary>
    /// <param name="what">Is waited for; the test says so where it is in vain.</param>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo()) watch.Elapsed.ShouldBeLessThan(Patience, $"In vain it is waited until {what}");
    }

    /// <summary>Waits for what a test of ours says.</summary>
    public static Task Soon(this Task said) => said.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>What the page has been answered so far, it has taken in.</summary>
    public static Task TakesIn(this IPage page) => page.EvaluateAsync("fetch('/api/me').then((answer) => answer.json())");
}
