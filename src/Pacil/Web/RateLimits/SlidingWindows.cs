using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Counts how often each peer (an account, address, subnet or user name) has done something within a sliding window.
/// The window has six segments, and all counts of a segment expire together. The table is limited to
/// <see cref="PeersMax"/> peers, which need less than 4 MB; further peers are counted together. Uses the monotonic
/// clock, so a change of the system time has no effect.
/// </summary>
internal sealed class SlidingWindows(TimeSpan length, TimeProvider time)
{
    public const int Segments = 6;

    /// <summary>
    /// The maximum number of peers in the table. The same number of additional entries is reserved for known peers:
    /// signed-in users and known devices.
    /// </summary>
    public const int PeersMax = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, Window> windows = [];
    private long sweptAt;

    /// <summary>The number of peers in the table. A test asserts its maximum.</summary>
    public int PeerCount => windows.Count;

    /// <summary>Adds to a peer's count without checking a limit.</summary>
    /// <param name="count">A negative number reverses earlier counts.</param>
    /// <returns>The peer's count within the window, including <paramref name="count"/>.</returns>
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

    /// <summary>
    /// Counts and returns true if the peer and its subnet stay within their limits. Otherwise returns false.
    /// </summary>
    /// <param name="around">The peer's subnet; null if the subnet has no limit of its own.</param>
    /// <param name="isKnown">Whether the peer may use the entries that are reserved for known peers.</param>
    public bool TryTake(Share peer, Share? around = null, int count = 1, bool isKnown = false)
    {
        var now = Now();
        lock (gate)
        {
            // Check the subnet first: after the subnet has reached its limit, its addresses add no more entries to the
            // table.
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

    /// <summary>
    /// Removes expired entries, only one time per segment. Otherwise every request of a flood would scan the table.
    /// </summary>
    private void Sweep(long now)
    {
        sweptAt = now;
        foreach (var (peer, window) in windows)
            if (window.IsOver(now)) windows.Remove(peer);
    }

    /// <summary>The limit of one peer, and the limit that all peers without an entry in the table share.</summary>
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
