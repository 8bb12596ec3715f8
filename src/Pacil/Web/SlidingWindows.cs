using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pacil.Web;

/// <summary>
/// How often each peer has done something within a window of time, counted in six parts: as each passes, what was done
/// in it is forgotten. The table has a budget: <see cref="PeersMax"/> peers, about 2 MB. Who comes when it is full is
/// counted together with all others who do. Time is the monotonic clock's, so a clock that is set changes nothing.
/// </summary>
internal sealed class SlidingWindows(TimeSpan length, TimeProvider time)
{
    public const int Segments = 6;

    /// <summary>Peers at once; as many again are kept free for those who are known.</summary>
    public const int PeersMax = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, Window> windows = [];
    private long sweptAt;

    /// <summary>How many peers have a place; a test sees its bound.</summary>
    public int PeerCount => windows.Count;

    /// <summary>Counts, whatever it comes to.</summary>
    /// <param name="count">Negative: so many are taken back.</param>
    /// <returns>How often it was done within the window, this included.</returns>
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

    /// <summary>Counts where neither the peer nor the network around it, if any, has used up its share.</summary>
    /// <param name="isKnown">Whether it has a place even where strangers fill the table.</param>
    public bool TryTake(Share peer, Share? around = null, int count = 1, bool isKnown = false)
    {
        var now = Now();
        lock (gate)
        {
            // The wider network comes first: when its share is used up, it makes no more places in the table.
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

    /// <summary>Once in each part of the window: a flood must not make every request look through all.</summary>
    private void Sweep(long now)
    {
        sweptAt = now;
        foreach (var (peer, window) in windows)
            if (window.IsOver(now)) windows.Remove(peer);
    }

    /// <summary>So many for a peer within a window, and so many for all who find no place in the table.</summary>
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
