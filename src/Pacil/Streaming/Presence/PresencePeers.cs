using Pacil.Data;

namespace Pacil.Streaming.Presence;

/// <summary>
/// Exchanges presence with the other processes that use the same database. A process sends each change immediately. It
/// sends a full list every ten seconds. It also sends a full list when another process asks for it, but at most one
/// time per second. A process that sends nothing for 30 seconds is dropped. Messages that are not about presence, such
/// as those of <see cref="Identity.Sessions.SessionRevocations"/>, are ignored.
/// </summary>
internal sealed class PresencePeers : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan StateEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerEvery = TimeSpan.FromSeconds(1);

    private const int PeersMax = 100;

    private readonly Database database;
    private readonly PresenceTracker presence;
    private readonly PollingPresence pollers;
    private readonly TimeProvider time;
    private readonly CancellationToken stopping;
    private readonly Lock changing = new();
    private readonly Dictionary<string, PresencePeer> peers = [];
    private volatile bool isAsked;

    public PresencePeers(
        Database database, PresenceTracker presence, PollingPresence pollers, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        (this.database, this.presence, this.pollers, this.time) = (database, presence, pollers, time);
        stopping = lifetime.ApplicationStopping;
        database.Received += Receive;
        database.Listening += () => Send(new(PresenceMessageKind.ListWanted));
        presence.Changed += (kind, location) => Send(new(kind, location));
        lifetime.ApplicationStopping.Register(
            () => database.Broadcast(new PresenceMessage(PresenceMessageKind.Stopping).ToJson()));
    }

    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The maximum number of locations stored for all other processes together. A location uses about 500 bytes.
    /// </summary>
    public int LocationsMax { get; set; } = 100_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var (statedAt, answeredAt) = (time.GetTimestamp(), 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                pollers.Sweep();
                presence.Sweep();
                DropSilent();
                var isAnswer = isAsked && time.GetElapsedTime(answeredAt) >= AnswerEvery;
                if (!isAnswer && time.GetElapsedTime(statedAt) < StateEvery) continue;
                statedAt = time.GetTimestamp();
                if (isAnswer) (answeredAt, isAsked) = (statedAt, false);
                State();
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops. The constructor has registered the message that announces the shutdown.
        }
    }

    private void State()
    {
        var locations = presence.Locations();
        Send(new(PresenceMessageKind.ListBegins));
        foreach (var location in locations) Send(new(PresenceMessageKind.Arrived, location));
        Send(new(PresenceMessageKind.ListEnds, Count: locations.Count));
    }

    /// <summary>
    /// Sends a message, except after the announcement of the shutdown: a later message would make the other processes
    /// add this process again.
    /// </summary>
    private void Send(PresenceMessage message)
    {
        if (!stopping.IsCancellationRequested) database.Broadcast(message.ToJson());
    }

    private void Receive(string sender, string line)
    {
        if (PresenceMessage.Read(line) is not { } message) return;
        if (message.Kind == PresenceMessageKind.ListWanted) isAsked = true;
        lock (changing)
        {
            if (!peers.TryGetValue(sender, out var peer))
            {
                if (peers.Count >= PeersMax) return;
                peers[sender] = peer = new PresencePeer(presence, IsFull);
            }
            peer.HeardAt = time.GetTimestamp();
            if (message.Kind == PresenceMessageKind.Stopping) Drop(sender, peer);
            else peer.Receive(message);
        }
    }

    private bool IsFull() => peers.Values.Sum(peer => peer.Count) >= LocationsMax;

    private void DropSilent()
    {
        lock (changing)
            foreach (var (sender, peer) in peers)
                if (time.GetElapsedTime(peer.HeardAt) > SilenceMax) Drop(sender, peer);
    }

    private void Drop(string sender, PresencePeer peer)
    {
        peer.Keep([]);
        peers.Remove(sender);
    }
}
