using System.Runtime.InteropServices;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Counts how many of something are open at once: of an account, an address, the network around it, and in all. Only
/// peers with something open are in the table, so the total limit also bounds the table.
/// </summary>
internal sealed class OpenCounts(int perAccount, int perAddress, int inAll)
{
    /// <summary>A network may have as many open as this number of addresses.</summary>
    private const int NetworkFactor = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, int> open = [];

    public int Total { get; private set; }

    /// <summary>The size of the table; a test asserts that no peer is left behind.</summary>
    public int PeerCount => open.Count;

    /// <param name="account">Null: not counted by account.</param>
    /// <param name="address">Null: not counted by address.</param>
    /// <returns>Dispose of it to close; null if a limit is reached.</returns>
    public Taken? Take(Peer? account, Peer? address, Peer? network)
    {
        if (network == address) network = null;
        lock (gate)
        {
            if (Total >= inAll || IsFull(account, perAccount) || IsFull(address, perAddress)
                || IsFull(network, perAddress * NetworkFactor))
                return null;
            Change(account, address, network, 1);
        }
        return new Taken(this, account, address, network);
    }

    private bool IsFull(Peer? peer, int max) => peer is { } one && open.GetValueOrDefault(one) >= max;

    private void Change(Peer? account, Peer? address, Peer? network, int by)
    {
        Total += by;
        Change(account, by);
        Change(address, by);
        Change(network, by);
    }

    private void Change(Peer? peer, int by)
    {
        if (peer is not { } one) return;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(open, one, out _);
        count += by;
        if (count == 0) open.Remove(one);
    }

    /// <summary>Something that is open until it is disposed of.</summary>
    internal sealed class Taken(OpenCounts counts, Peer? account, Peer? address, Peer? network) : IDisposable
    {
        private bool isClosed;

        public void Dispose()
        {
            lock (counts.gate)
            {
                if (!isClosed) counts.Change(account, address, network, -1);
                isClosed = true;
            }
        }
    }
}
