using System.Runtime.InteropServices;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Limits how many operations, such as requests or streams, are open concurrently: per account, per address, per subnet
/// of the address, and in total. The table contains only accounts, addresses and subnets that have an open operation,
/// so the total limit also limits the size of the table.
/// </summary>
internal sealed class OpenCounts(int perAccount, int perAddress, int inAll)
{
    /// <summary>The limit of a subnet, as a multiple of the limit of an address.</summary>
    private const int NetworkFactor = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Peer, int> open = [];

    public int Total { get; private set; }

    /// <param name="account">Null if the operation is not counted per account.</param>
    /// <param name="address">Null if the operation is not counted per address.</param>
    /// <returns>
    /// The open operation, which the caller disposes when the operation ends; null if a limit is reached.
    /// </returns>
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

    /// <summary>An operation that is open until it is disposed.</summary>
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
