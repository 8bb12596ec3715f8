using System.Runtime.InteropServices;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Web.Requests;

/// <summary>
/// Limits the bytes of request bodies that are in memory concurrently: 64 MB in total, and 8 MB for an IPv4 address or
/// an IPv6 /64 subnet. One IPv6 subscriber may have many /64 subnets, so each /48 subnet is limited to 16 MB.
/// </summary>
internal sealed class BodyBudget(Settings settings)
{
    private const long EverybodysBytesMax = 64 * 1024 * 1024;
    private const long SiteBytesMax = 16 * 1024 * 1024;
    private const long NetworkBytesMax = 8 * 1024 * 1024;
    private const int RetryAfterSeconds = 5;

    private static readonly Problem Full = Problems.Of(StatusCodes.Status503ServiceUnavailable) with
    {
        RetryAfterSeconds = RetryAfterSeconds,
        EndsConnection = true,
    };

    private static readonly Problem TooMuch =
        new(StatusCodes.Status429TooManyRequests, "too_many_requests", RetryAfterSeconds)
        {
            RetryAfterSeconds = RetryAfterSeconds,
            EndsConnection = true,
        };

    private static readonly Share Everybody = new(default, EverybodysBytesMax, Full);

    private readonly Lock taking = new();
    private readonly Dictionary<Peer, long> taken = [];

    /// <summary>Creates an empty lease for one request. The caller disposes the lease after the response.</summary>
    public Lease For(HttpContext context) =>
        new(this, settings.AreLimitsOff ? [Everybody] : [Everybody, .. Shares(context)]);

    private static IEnumerable<Share> Shares(HttpContext context)
    {
        var (address, network) = (Peer.Address(context), Peer.Network(context));
        yield return new Share(address, NetworkBytesMax, TooMuch);
        if (network != address) yield return new Share(network, SiteBytesMax, TooMuch);
    }

    private Problem? Take(Share[] shares, long bytes)
    {
        lock (taking)
        {
            foreach (var share in shares)
                if (taken.GetValueOrDefault(share.Peer) + bytes > share.BytesMax) return share.Refusal;
            foreach (var share in shares)
                CollectionsMarshal.GetValueRefOrAddDefault(taken, share.Peer, out _) += bytes;
            return null;
        }
    }

    private void Give(Share[] shares, long bytes)
    {
        lock (taking)
        {
            foreach (var share in shares)
                if ((CollectionsMarshal.GetValueRefOrAddDefault(taken, share.Peer, out _) -= bytes) == 0)
                    taken.Remove(share.Peer);
        }
    }

    /// <summary>The bytes of the budget that one request uses.</summary>
    public sealed class Lease(BodyBudget budget, Share[] shares) : IDisposable
    {
        private long held;

        /// <summary>Grows the lease to a total of <paramref name="bytes"/>.</summary>
        /// <returns>Null if the budget is sufficient, otherwise 429 or 503.</returns>
        public Problem? Hold(long bytes)
        {
            if (budget.Take(shares, bytes - held) is { } refusal) return refusal;
            held = bytes;
            return null;
        }

        public void Dispose()
        {
            if (held > 0) budget.Give(shares, held);
            held = 0;
        }
    }

    /// <summary>
    /// The limit on the bytes of an address, a subnet or all clients together, and the refusal of further bytes.
    /// </summary>
    public sealed record Share(Peer Peer, long BytesMax, Problem Refusal);
}
