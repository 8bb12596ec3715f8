namespace Pacil.Tests.Support;

/// <summary>
/// <c>bin/test --fast</c> sets <c>PACIL_TEST_FAST</c>. It runs everything that needs no server or program of its own,
/// because starting these takes most of the time of a full run.
/// </summary>
internal static class FastRun
{
    private static readonly bool IsOn = Environment.GetEnvironmentVariable("PACIL_TEST_FAST") is not null;

    /// <summary>Skips the running test in a fast run.</summary>
    public static void LeaveOut() =>
        Assert.SkipWhen(IsOn, "It starts a server or a program of its own, which bin/test --fast leaves out.");
}
