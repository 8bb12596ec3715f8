using System.Runtime.InteropServices;

namespace Pacil.Web;

/// <summary>
/// How many bytes of requests' bodies may be in memory at once: of everybody 64 MB, of one network 8 MB, and in IPv6,
/// where one subscriber may have many networks, of the 48 bits around them 16 MB.
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

    /// <summary>What one request takes; to be disposed when it has been answered.</summary>
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

    /// <summary>What one request has taken of the budget.</summary>
    public sealed class Lease(BodyBudget budget, Share[] shares) : IDisposable
    {
        private long held;

        /// <summary>Takes what is missing to so many bytes.</summary>
        /// <returns>Null where there is room; else 429 or 503.</returns>
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

    /// <summary>Those whose bytes are counted together.</summary>
    public sealed record Share(Peer Peer, long BytesMax, Problem Refusal);
}
