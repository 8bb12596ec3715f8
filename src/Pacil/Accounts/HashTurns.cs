using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Whose password is hashed next, two at a time: hashing one is made to be slow, and must not take every core from
/// everybody else. Who is known goes first; of four turns one is a stranger's. Places are few, and no account or
/// address can take them all. Who could not be served in time is refused at once.
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

    /// <summary>How long one takes, lately.</summary>
    private TimeSpan each;

    /// <summary>How many have a place: they wait, or their password is hashed.</summary>
    public int PlaceCount => known.Total + strangers.Total;

    /// <summary>A place in the queue; to be disposed.</summary>
    /// <exception cref="ProblemException">
    /// 429: the requester has too many places; 503: the queue is full, or the wait would be too long.
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

    /// <exception cref="ProblemException">503: the others take too long.</exception>
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
                // Given already: it is passed on.
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

    /// <summary>A place in the queue.</summary>
    internal readonly record struct Place(IDisposable? Taken, bool IsKnown) : IDisposable
    {
        public void Dispose() => Taken?.Dispose();
    }
}
