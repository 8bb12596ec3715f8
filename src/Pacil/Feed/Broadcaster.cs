using System.Collections.Concurrent;
using Pacil.Accounts;
using Pacil.Data;

namespace Pacil.Feed;

/// <summary>
/// Brings what is committed to those who follow. An announcement is a hint: rings take only what comes next, and
/// what is missing is read from the database. Each second it looks whether any feed has got further without a
/// hint (another process, a lost notification), and which connection is due for a heartbeat or to be given up.
/// </summary>
internal sealed class Broadcaster : BackgroundService
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<long, FeedRing> rings = new();
    private readonly Database database;
    private readonly FeedLog feeds;
    private readonly RingLoader filler;
    private readonly TimeProvider time;
    private readonly Lock opening = new();

    public Broadcaster(Database database, FeedLog feeds, RingLoader filler, TimeProvider time, Sessions sessions,
        IHostApplicationLifetime lifetime)
    {
        sessions.Revocations.Ended += account => Array.ForEach([.. rings.Values], ring => ring.EvictEntriesOf(account));
        lifetime.ApplicationStopping.Register(() => _ = SayGoodbye());
        (this.database, this.feeds, this.filler, this.time) = (database, feeds, filler, time);
        database.Committed += Take;
    }

    public IEnumerable<FeedSubscriber> Subscribers =>
        rings.Values.SelectMany(ring => ring.Subscribers.Snapshot()).Distinct();

    /// <summary>Streams that are open; a test waits for them to go.</summary>
    public int SubscriberCount => Subscribers.Count();

    /// <summary>Joins those who follow a feed; its ring knows then where the feed ends.</summary>
    /// <param name="head">Where it did when the subscriber looked: the ring may know less as yet.</param>
    public async Task<FeedRing> Join(
        FeedSubscriber subscriber, long feed, bool isInbox, long head, CancellationToken cancellation)
    {
        FeedRing ring;
        lock (opening)
        {
            ring = rings.GetOrAdd(feed, _ => filler.Make(feed, isInbox));
            ring.Subscribers.Add(subscriber);
            if (ring.Starting is null or { IsFaulted: true }) ring.Starting = filler.Begin(ring);
        }
        try
        {
            await ring.Starting.WaitAsync(cancellation);
            await filler.CatchUp(ring, head);
            return ring;
        }
        catch
        {
            Leave(subscriber, ring);
            throw;
        }
    }

    /// <summary>Leaves them. A ring that nobody follows is dropped.</summary>
    public void Leave(FeedSubscriber subscriber, FeedRing ring)
    {
        lock (opening)
        {
            if (ring.Subscribers.Remove(subscriber) && rings.TryRemove(ring.Feed, out _)) filler.Drop(ring);
        }
    }

    public override void Dispose()
    {
        database.Committed -= Take;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(database.Listen(Hint, stoppingToken), Watch(stoppingToken));

    /// <summary>Each stream ends by itself; those whose peer does not take even that are then given up.</summary>
    private async Task SayGoodbye()
    {
        foreach (var ring in rings.Values) ring.Subscribers.Wake();
        await Task.Delay(GoodbyePatience, time);
        Check();
    }

    /// <summary>What this process has just committed.</summary>
    private void Take(IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (!rings.TryGetValue(entry.FeedId, out var ring)) continue;
            if (ring.Append(entry)) ring.Subscribers.Wake();
            else filler.Fill(ring);
        }
    }

    /// <summary>Another process has committed something there.</summary>
    private void Hint(long feed)
    {
        if (rings.TryGetValue(feed, out var ring)) filler.Fill(ring);
    }

    private async Task Watch(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                Check();
                if (!rings.IsEmpty) await Poll(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends; each stream says so by itself.
        }
    }

    /// <summary>Whatever is wrong with one, the others are looked after.</summary>
    private void Check()
    {
        foreach (var subscriber in Subscribers)
            try
            {
                subscriber.Check(time, time.GetTimestamp());
            }
            catch (Exception e)
            {
                filler.LogUnchecked(e);
            }
    }

    private async Task Poll(CancellationToken cancellation)
    {
        try
        {
            foreach (var head in await feeds.Heads([.. rings.Keys], cancellation))
                if (rings.TryGetValue(head.Feed, out var ring)) await filler.Compare(ring, head, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            filler.LogBlind(e);
        }
    }
}
