using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Identity.Tokens;
using Pacil.Web;

namespace Pacil.Admin;

/// <summary>
/// Deletes expired rows every hour: sessions, tokens, stored responses, failed sign-ins, and the expired rows that each
/// registered <see cref="Data.CleanupTask"/> deletes.
/// </summary>
internal sealed partial class Housekeeping(
    Database database, SessionStore sessions, IEnumerable<CleanupTask> sweeps, TimeProvider time,
    ILogger<Housekeeping> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TrySweep(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The program is shutting down.
        }
    }

    private async Task TrySweep(CancellationToken cancellation)
    {
        try
        {
            await Sweep(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSkipped(e);
        }
    }

    public async Task<int> Sweep(CancellationToken cancellation)
    {
        CleanupTask[] all =
        [
            sessions.DeleteExpired, TokenStore.DeleteExpired, StoredAnswers.DeleteExpired, Lockout.DeleteExpired,
            .. sweeps,
        ];
        var gone = 0;
        foreach (var sweep in all)
        {
            int step;
            do gone += step = await database.Write(Actor.Maintenance, tx => sweep(tx), cancellation);
            while (step >= CleanupSteps.StepRows);
        }
        return gone;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Housekeeping failed; it is tried again in an hour.")]
    private partial void LogSkipped(Exception e);
}
