namespace Pacil.Admin;

/// <summary>
/// Gives back to the system what a busy time has left. The runtime keeps the memory of a peak until it collects again,
/// and a program that does little allocates too little to collect.
/// </summary>
internal sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Less than this in one step is quiet.</summary>
    private const long QuietBytes = 16 * 1024 * 1024;

    /// <summary>Less than this since the last time leaves too little to give back.</summary>
    private const long BusyBytes = 128 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var (collected, before) = (0L, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = GC.GetTotalAllocatedBytes();
                var isQuiet = now - before < QuietBytes;
                before = now;
                if (!isQuiet || now - collected < BusyBytes) continue;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
