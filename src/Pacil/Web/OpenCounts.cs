using System.Runtime.InteropServices;

namespace Pacil.Web;

/// <summary>
/// How many of something are open at once: of an account, an address, the network around it, and in all. Only who has
/// one open has a place here, so the table is bounded by the last of these.
/// </summary>
internal sealed class OpenCounts(int perAccount, int perAddress, int inAll)
{
    /// <summary>Addresses of one site that can each open as many as they may.</summary>
    private const int NetworkFactor = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, int> open = [];

    public int Total { get; private set; }

    /// <summary>How many accounts, addresses and networks have a place; a test sees that none stays.</summary>
    public int PeerCount => open.Count;

    /// <param name="account">Null: it is not counted by account.</param>
    /// <param name="address">Null: it is not counted by address.</param>
    /// <returns>To be disposed when it is closed; null where one more is too many.</returns>
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

    /// <summary>One that is open.</summary>
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
