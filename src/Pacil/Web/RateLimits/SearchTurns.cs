using System.Threading.RateLimiting;
using Pacil.Web.Hosting;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Limits concurrent searches, which are the most expensive reads: two per account, and in total two per processor core
/// but at least four. Further searches wait for up to five seconds. The number of waiting searches of an account is
/// limited to the number of searches that the account may make per minute.
/// </summary>
internal sealed class SearchTurns : IDisposable
{
    private const int AtOncePerAccount = 2;
    private const int AtOnceMin = 4;
    private const int WaitingMax = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<Peer> each;
    private readonly ConcurrencyLimiter all = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(AtOnceMin, 2 * Environment.ProcessorCount),
        QueueLimit = WaitingMax,
    });

    public SearchTurns(Settings settings) => each = PartitionedRateLimiter.Create<Peer, Peer>(account =>
        RateLimitPartition.GetConcurrencyLimiter(account, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = AtOncePerAccount,
            QueueLimit = settings.SearchesPerMinute,
        }));

    /// <returns>The search slot, which the caller disposes after the search.</returns>
    /// <exception cref="ProblemException">
    /// 429: too many searches of the account. 503: too many searches of all accounts.
    /// </exception>
    public async Task<IDisposable> Take(Peer account, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        RateLimitLease? own = null;
        try
        {
            own = await each.AcquireAsync(account, cancellationToken: patience.Token);
            if (!own.IsAcquired) throw Limits.TooMany();
            var turn = await all.AcquireAsync(cancellationToken: patience.Token);
            if (turn.IsAcquired) return new Turn(own, turn);
            throw Limits.Busy();
        }
        catch (Exception e)
        {
            own?.Dispose();
            if (e is not OperationCanceledException || cancellation.IsCancellationRequested) throw;
            throw own is null ? Limits.TooMany() : Limits.Busy();
        }
    }

    public void Dispose()
    {
        each.Dispose();
        all.Dispose();
    }

    private sealed class Turn(RateLimitLease own, RateLimitLease turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Dispose();
            own.Dispose();
        }
    }
}
