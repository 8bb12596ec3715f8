using System.Threading.Channels;
using Pacil.Data;

namespace Pacil.Notifications;

/// <summary>
/// Reads queued entries and delivers their notifications. It runs immediately after a commit of this process that has
/// queued entries, and every second for entries of other processes or of a process that crashed. Several processes may
/// run it concurrently; see <see cref="DeliverNotifications"/>.
/// </summary>
internal sealed partial class NotificationReader : BackgroundService
{
    private const int FeedsAtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ILogger<NotificationReader> log;
    private readonly Channel<bool> calls =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public NotificationReader(Database database, TimeProvider time, ILogger<NotificationReader> log)
    {
        (this.database, this.time, this.log) = (database, time, log);
        database.Committed += Hear;
    }

    /// <summary>Delivers notifications until the queue is empty.</summary>
    public async Task ReadAll(CancellationToken cancellation)
    {
        List<long> feeds;
        do
        {
            feeds = await database.Read(connection => connection.Query<long>(
                $"select distinct feed_id from notification_due order by feed_id limit {FeedsAtOnce}"), cancellation);
            foreach (var feed in feeds)
                await database.Write(Actor.Program, tx => DeliverNotifications.Apply(tx, feed), cancellation);
        }
        while (feeds.Count > 0);
    }

    public override void Dispose()
    {
        database.Committed -= Hear;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Tick(stoppingToken), Read(stoppingToken));

    private void Hear(IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
            if (entry.IsDue)
            {
                calls.Writer.TryWrite(true);
                return;
            }
    }

    private async Task Tick(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) calls.Writer.TryWrite(true);
        }
        catch (OperationCanceledException)
        {
            // The program is stopping.
        }
    }

    private async Task Read(CancellationToken stopping)
    {
        try
        {
            await foreach (var _ in calls.Reader.ReadAllAsync(stopping)) await TryRead(stopping);
        }
        catch (OperationCanceledException)
        {
            // The program is stopping. Queued entries stay in the database.
        }
    }

    private async Task TryRead(CancellationToken stopping)
    {
        try
        {
            await ReadAll(stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSkipped(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can be notified now; it is tried again in a second.")]
    private partial void LogSkipped(Exception e);
}
