using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Passwords;

/// <summary>
/// The queue for password hashes. Two hashes run at a time: hashing is slow by design and must not use every core.
/// Signed-in users and known devices go first, but if a stranger waits, too, every fourth hash is for a stranger. The
/// number of places in the queue is limited, in total and for each account and address. A request that would wait too
/// long is refused immediately.
/// </summary>
internal sealed class HashTurns(Settings settings, TimeProvider time)
{
    public const int PlacesMax = 128;
    private const int PlacesPerAccount = 8;
    private const int PlacesPerAddress = PlacesMax / 8;
    private const int AtOnce = 2;
    private const int StrangersTurn = 4;
    private const int Weight = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OpenCounts known = new(PlacesPerAccount, PlacesMax, PlacesMax);
    private readonly OpenCounts strangers = new(PlacesMax, PlacesPerAddress, PlacesMax);

    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> knownWaiting = [];
    private readonly LinkedList<TaskCompletionSource> strangersWaiting = [];
    private int running;
    private int turns;

    /// <summary>The duration of one hash, as a moving average.</summary>
    private TimeSpan each;

    /// <summary>The number of places in use, by waiting requests and running hashes.</summary>
    public int PlaceCount => known.Total + strangers.Total;

    /// <summary>Takes a place in the queue. The caller disposes of the place after the hash.</summary>
    /// <exception cref="ProblemException">
    /// 429 if the account or address has too many places; 503 if the queue is full or the wait would be too long.
    /// </exception>
    public Place Enter(HashRequester requester)
    {
        if (settings.AreLimitsOff) return new Place(null, requester.IsKnown);
        var counts = requester.IsKnown ? known : strangers;
        var wait = each * (requester.IsKnown ? known.Total : PlaceCount) / AtOnce;
        if (wait > Patience) throw Limits.Busy((int)Math.Ceiling(wait.TotalSeconds));
        return counts.Take(requester.Account, requester.Address, requester.Network) is { } taken
            ? new Place(taken, requester.IsKnown)
            : throw (counts.Total < PlacesMax ? Limits.TooMany() : Limits.Busy());
    }

    /// <exception cref="ProblemException">503 if the hash cannot start within <see cref="Patience"/>.</exception>
    public async Task<T> Run<T>(Place place, Func<T> work, CancellationToken cancellation)
    {
        await Turn(place.IsKnown ? knownWaiting : strangersWaiting, cancellation);
        var start = time.GetTimestamp();
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            Next(time.GetElapsedTime(start));
        }
    }

    private async Task Turn(LinkedList<TaskCompletionSource> waiting, CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource> mine;
        lock (gate)
        {
            if (running < AtOnce)
            {
                running++;
                return;
            }
            mine = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        try
        {
            await mine.Value.Task.WaitAsync(Patience, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (gate)
            {
                // If this request was chosen to run just as its wait ended, let the next request run instead.
                if (mine.List is null) Next(each);
                else waiting.Remove(mine);
            }
            throw e is TimeoutException ? Limits.Busy() : e;
        }
    }

    private void Next(TimeSpan spent)
    {
        lock (gate)
        {
            each += (spent - each) / Weight;
            var isStrangers = knownWaiting.Count == 0 || strangersWaiting.Count > 0 && ++turns % StrangersTurn == 0;
            var waiting = isStrangers ? strangersWaiting : knownWaiting;
            if (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                first.Value.SetResult();
            }
            else running--;
        }
    }

    internal readonly record struct Place(IDisposable? Taken, bool IsKnown) : IDisposable
    {
        public void Dispose() => Taken?.Dispose();
    }
}
