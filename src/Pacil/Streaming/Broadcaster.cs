using System.Collections.Concurrent;
using Pacil.Data;
using Pacil.Identity.Sessions;

namespace Pacil.Streaming;

/// <summary>
/// Puts committed entries into the ring buffers and wakes the subscribers of the rings. A ring accepts only the entry
/// that directly follows its latest entry; missing entries are loaded from the database. Every second, the broadcaster
/// compares the rings with the database, because a notification from another process may be lost. At the same time it
/// checks which connections need a heartbeat or are stuck.
/// </summary>
internal sealed class Broadcaster : BackgroundService
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, FeedRing> rings = new();
    private readonly Database database;
    private readonly FeedLog feeds;
    private readonly RingLoader loader;
    private readonly TimeProvider time;
    private readonly Lock opening = new();

    public Broadcaster(Database database, FeedLog feeds, RingLoader loader, TimeProvider time, SessionStore sessions,
        IHostApplicationLifetime lifetime)
    {
        sessions.Revocations.Ended += account => Array.ForEach([.. rings.Values], ring => ring.EvictEntriesOf(account));
        lifetime.ApplicationStopping.Register(WakeAll);
        (this.database, this.feeds, this.loader, this.time) = (database, feeds, loader, time);
        database.Committed += Take;
    }

    public IEnumerable<FeedSubscriber> Subscribers =>
        rings.Values.SelectMany(ring => ring.Subscribers.Snapshot()).Distinct();

    /// <summary>The number of open streams, for tests.</summary>
    public int SubscriberCount => Subscribers.Count();

    /// <summary>Adds a subscriber to a feed's ring and returns the ring.</summary>
    /// <param name="head">The feed's head in the database. The returned ring's head is not lower.</param>
    public async Task<FeedRing> Join(
        FeedSubscriber subscriber, long feed, bool isInbox, long head, CancellationToken cancellation)
    {
        FeedRing ring;
        lock (opening)
        {
            ring = rings.GetOrAdd(feed, _ => loader.Make(feed, isInbox));
            ring.Subscribers.Add(subscriber);
            if (ring.Starting is null or { IsFaulted: true }) ring.Starting = loader.Begin(ring);
        }
        try
        {
            await ring.Starting.WaitAsync(cancellation);
            await loader.CatchUp(ring, head);
            return ring;
        }
        catch
        {
            Leave(subscriber, ring);
            throw;
        }
    }

    /// <summary>Removes a subscriber from a ring, and drops the ring if no subscriber is left.</summary>
    public void Leave(FeedSubscriber subscriber, FeedRing ring)
    {
        lock (opening)
        {
            if (ring.Subscribers.Remove(subscriber) && rings.TryRemove(ring.Feed, out _)) loader.Drop(ring);
        }
    }

    public override void Dispose()
    {
        database.Committed -= Take;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(database.Listen(Hint, stoppingToken), Watch(stoppingToken));

    /// <summary>Wakes all streams when the program stops. They end. <c>Check</c> aborts those that are stuck.</summary>
    private void WakeAll()
    {
        foreach (var ring in rings.Values) ring.Subscribers.Wake();
    }

    private void Take(IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (!rings.TryGetValue(entry.FeedId, out var ring)) continue;
            if (ring.Append(entry)) ring.Subscribers.Wake();
            else loader.Fill(ring);
        }
    }

    /// <summary>Called when another process has committed entries in a feed.</summary>
    private void Hint(long feed)
    {
        if (rings.TryGetValue(feed, out var ring)) loader.Fill(ring);
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
            // The program stops. Each stream sends a close frame itself.
        }
    }

    /// <summary>Checks every subscriber. An error at one subscriber does not stop the other checks.</summary>
    private void Check()
    {
        foreach (var subscriber in Subscribers)
            try
            {
                subscriber.Check(time, time.GetTimestamp());
            }
            catch (Exception e)
            {
                loader.LogUnchecked(e);
            }
    }

    private async Task Poll(CancellationToken cancellation)
    {
        try
        {
            foreach (var head in await feeds.Heads([.. rings.Keys], cancellation))
                if (rings.TryGetValue(head.Feed, out var ring)) await loader.Compare(ring, head, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            loader.LogBlind(e);
        }
    }
}
