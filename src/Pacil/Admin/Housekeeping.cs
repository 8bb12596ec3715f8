using Pacil.Accounts;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Admin;

/// <summary>
/// Each hour throws out what has run out of time: sessions, tokens, stored answers, counts of wrong passwords, and what
/// other slices have registered as a <see cref="Data.Sweep"/>.
/// </summary>
internal sealed partial class Housekeeping(
    Database database, Sessions sessions, IEnumerable<Sweep> sweeps, TimeProvider time, ILogger<Housekeeping> log)
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
            // The program ends.
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

    public Task<int> Sweep(CancellationToken cancellation) => database.Write(Actor.Maintenance, async tx =>
    {
        var gone = await sessions.Forget(tx) + await Tokens.Forget(tx)
            + await StoredAnswers.Forget(tx) + await Lockout.Forget(tx);
        foreach (var sweep in sweeps) gone += await sweep(tx);
        return gone;
    }, cancellation);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Housekeeping failed; it is tried again in an hour.")]
    private partial void LogSkipped(Exception e);
}
