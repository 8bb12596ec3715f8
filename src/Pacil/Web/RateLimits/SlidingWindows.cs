using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Counts how often each peer has done something within a sliding window. The window has six segments, and the counts
/// of each expire together. The table is limited to <see cref="PeersMax"/> peers, less than 4 MB; further peers are
/// counted together. Time is that of the monotonic clock, so setting the system clock changes nothing.
/// </summary>
internal sealed class SlidingWindows(TimeSpan length, TimeProvider time)
{
    public const int Segments = 6;

    /// <summary>Peers in the table; as many entries again are reserved for known peers.</summary>
    public const int PeersMax = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, Window> windows = [];
    private long sweptAt;

    /// <summary>The size of the table; a test asserts its bound.</summary>
    public int PeerCount => windows.Count;

    /// <summary>Counts without a limit.</summary>
    /// <param name="count">Negative to take counts back.</param>
    /// <returns>The count within the window, including this one.</returns>
    public int Add(Peer peer, int count)
    {
        var now = Now();
        lock (gate)
        {
            ref var window = ref Find(peer, now, isKnown: false);
            var used = window.Used(now);
            window.Add(count);
            return used + count;
        }
    }

    /// <summary>Counts, unless the peer or the network around it, if any, has used up its share.</summary>
    /// <param name="isKnown">Whether the peer gets an entry even if strangers fill the table.</param>
    public bool TryTake(Share peer, Share? around = null, int count = 1, bool isKnown = false)
    {
        var now = Now();
        lock (gate)
        {
            // Check the wider network first: when its share is used up, it adds no more entries to the table.
            if (around is { } wide && !Has(wide, now, count, isKnown)) return false;
            if (!Has(peer, now, count, isKnown)) return false;
            Find(peer.Peer, now, isKnown).Add(count);
            if (around is { } network) Find(network.Peer, now, isKnown).Add(count);
            return true;
        }
    }

    private long Now() => time.GetElapsedTime(0).Ticks / (length.Ticks / Segments);

    private bool Has(Share share, long now, int count, bool isKnown)
    {
        ref var window = ref Find(share.Peer, now, isKnown);
        return window.Used(now) + count <= (window.IsRest ? share.RestPermits : share.Permits);
    }

    private ref Window Find(Peer peer, long now, bool isKnown)
    {
        var places = isKnown ? 2 * PeersMax : PeersMax;
        if (windows.Count >= places && !windows.ContainsKey(peer))
        {
            if (sweptAt != now) Sweep(now);
            if (windows.Count >= places) peer = default;
        }
        ref var window = ref CollectionsMarshal.GetValueRefOrAddDefault(windows, peer, out _);
        window.IsRest = peer == default;
        return ref window;
    }

    /// <summary>Runs once per segment, so that a flood does not make every request scan the table.</summary>
    private void Sweep(long now)
    {
        sweptAt = now;
        foreach (var (peer, window) in windows)
            if (window.IsOver(now)) windows.Remove(peer);
    }

    /// <summary>The permits of a peer within a window, and of all peers without an entry together.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Share(Peer Peer, int Permits, int RestPermits);

    private struct Window
    {
        private Parts parts;
        private long latest;

        public bool IsRest { get; set; }

        public readonly bool IsOver(long now) => now - latest >= Segments;

        public int Used(long now)
        {
            for (var passed = Math.Max(latest + 1, now - Segments + 1); passed <= now; passed++)
                parts[(int)(passed % Segments)] = 0;
            latest = now;
            var used = 0;
            foreach (var part in parts) used += part;
            return used;
        }

        public void Add(int count) => parts[(int)(latest % Segments)] += count;
    }

    [InlineArray(Segments)]
    private struct Parts
    {
        private int first;
    }
}
