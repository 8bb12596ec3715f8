namespace Pacil.Admin;

/// <summary>
/// Returns memory to the system after a busy time. The runtime keeps the memory of a peak until its next collection,
/// and an idle program allocates too little to cause one.
/// </summary>
internal sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Fewer allocated bytes in one step count as quiet.</summary>
    private const long QuietBytes = 16 * 1024 * 1024;

    /// <summary>Fewer allocated bytes since the last collection are not worth another one.</summary>
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
