using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// Sends signals to the other processes on the same database, by <c>NOTIFY</c>. One topic carries the ids of feeds that
/// have new entries. If such a signal is lost, the broadcaster of the other process finds the entries within a second.
/// The second topic carries lines that are not stored.
/// <para>
/// Signals are gathered for a few milliseconds, and sent on a connection that is used for nothing else: NOTIFY inside
/// the transaction of a write would make all writers wait for each other. A second connection listens.
/// </para>
/// </summary>
internal sealed partial class PostgresSignals(NpgsqlConnectionStringBuilder settings, ILogger<Database> log)
{
    private const string FeedTopic = "pacil_feed";
    private const string TalkTopic = "pacil_talk";

    /// <summary>
    /// The maximum number of feed ids in a message. An id has up to 20 digits, so the message stays within
    /// <see cref="PostgresMessage.BytesMax"/>.
    /// </summary>
    private const int FeedsPerMessage = 350;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool isOff;
    private readonly string sender = Guid.NewGuid().ToString("N")[..8];
    private readonly Channel<(long Feed, string? Line)> waiting = Channel.CreateBounded<(long, string?)>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Turns off sending and listening. LISTEN does not work behind a pooler that lends a connection only for the
    /// duration of a transaction.
    /// </summary>
    public void TurnOff()
    {
        isOff = true;
        LogOff();
    }

    /// <summary>Queues a signal for each feed that has one of these new entries.</summary>
    public void Send(IReadOnlyList<Entry> entries)
    {
        if (isOff) return;
        foreach (var entry in entries) waiting.Writer.TryWrite((entry.FeedId, null));
    }

    public void Notify(string line)
    {
        if (!isOff) waiting.Writer.TryWrite((0, line));
    }

    /// <summary>Sends and receives signals until cancelled. Reconnects when a connection breaks.</summary>
    public Task Run(NotificationHandlers ears, CancellationToken cancellation) =>
        isOff ? Task.CompletedTask : Task.WhenAll(
        Repeat("pacil sender", SendAll, cancellation),
        Repeat("pacil listener", (connection, stop) => ListenAll(connection, ears, stop), cancellation));

    private async Task Repeat(
        string name, Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancellation)
    {
        await using var source = PostgresSource.Builder(new(settings.ConnectionString)
        {
            ApplicationName = name,
            Pooling = false,
            KeepAlive = 10,
        }).Build();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                await work(connection, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            // Reconnect after every kind of error, because this process gets no signals until it is connected again.
            catch (Exception e)
            {
                LogBroken(e, name);
                await Task.Delay(Pause, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task SendAll(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", connection) { CommandTimeout = 5 };
        var topic = notify.Parameters.Add(new() { Value = "" });
        var text = notify.Parameters.Add(new() { Value = "" });
        await notify.PrepareAsync(cancellation);
        var (feeds, lines) = (new HashSet<long>(), new List<string>());
        while (await waiting.Reader.WaitToReadAsync(cancellation))
        {
            // The delay cannot be cancelled, so that queued messages are sent even when the program stops. The last
            // message announces the shutdown of this process.
            await Task.Delay(Gather, CancellationToken.None);
            feeds.Clear();
            lines.Clear();
            while (waiting.Reader.TryRead(out var one))
                if (one.Line is null) feeds.Add(one.Feed);
                else lines.Add(one.Line);
            foreach (var some in feeds.Chunk(FeedsPerMessage)) await Notify(FeedTopic, string.Join(',', some));
            foreach (var some in PostgresMessage.Packed(lines)) await Notify(TalkTopic, some);
        }

        Task Notify(string name, string message)
        {
            (topic.Value, text.Value) = (name, $"{sender}:{message}");
            return notify.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task ListenAll(NpgsqlConnection connection, NotificationHandlers ears, CancellationToken cancellation)
    {
        connection.Notification += (_, message) =>
        {
            if (message.Payload.Split(':', 2) is not [var from, var text] || from == sender) return;
            if (message.Channel == TalkTopic)
                foreach (var line in text.Split('\n')) ears.Heard(from, line);
            else
                foreach (var feed in text.Split(',')) ears.Hint(long.Parse(feed, CultureInfo.InvariantCulture));
        };
        await using (var listen = new NpgsqlCommand($"listen {FeedTopic}; listen {TalkTopic}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        ears.Listening();
        while (true) await connection.WaitAsync(cancellation);
    }

    internal sealed record NotificationHandlers(Action<long> Hint, Action<string, string> Heard, Action Listening);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection of {Name} broke; reconnecting.")]
    private partial void LogBroken(Exception e, string name);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A pooler before PostgreSQL lends connections for a transaction only, so processes do not hear of "
            + "each other: changes of others are seen within a second, their people not at all. "
            + "See --database-direct.")]
    private partial void LogOff();
}
