using System.Runtime.InteropServices;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Web.Requests;

/// <summary>
/// Limits how many bytes of request bodies are in memory at once: 64 MB in all, and 8 MB for an IPv4 address or an IPv6
/// network of 64 bits. An IPv6 subscriber may have many such networks, so the network of 48 bits around them has 16 MB.
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

    /// <summary>Opens an empty lease for one request. Dispose of it when the request has been answered.</summary>
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

    /// <summary>The bytes that one request holds of the budget.</summary>
    public sealed class Lease(BodyBudget budget, Share[] shares) : IDisposable
    {
        private long held;

        /// <summary>Grows the lease to a total of <paramref name="bytes"/>.</summary>
        /// <returns>Null if there is room; else 429 or 503.</returns>
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

    /// <summary>A limit on the bytes of one peer.</summary>
    public sealed record Share(Peer Peer, long BytesMax, Problem Refusal);
}
