using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: Pacil.BrowserTests.Support.Windows]

namespace Pacil.BrowserTests.Support;

/// <summary>
/// After each test, closes the test's windows and fails the test if a script failed in one of its tabs.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class WindowsAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<IBrowserContext>> Opened = new();
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Failed = new();

    /// <summary>Records the window and the errors of its scripts for the current test.</summary>
    public static void Open(IBrowserContext window)
    {
        var test = TestContext.Current.Test!.UniqueID;
        Opened.GetOrAdd(test, _ => []).Enqueue(window);
        window.WebError += (_, failure) =>
            Failed.GetOrAdd(test, _ => []).Enqueue($"{failure.Page?.Url}: {failure.Error}");
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!Opened.TryRemove(test.UniqueID, out var windows)) return;
        Task.Run(() => Task.WhenAll(windows.Select(window => window.CloseAsync()))).GetAwaiter().GetResult();
        Failed.GetValueOrDefault(test.UniqueID, []).ShouldBeEmpty("A script failed");
    }
}
