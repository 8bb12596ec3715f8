namespace Pacil.Feed;

/// <summary>
/// Who was somewhere, and comes due a while after; the first first. For whoever holds the lock of its owner.
/// </summary>
internal sealed class DueSpots(TimeProvider time, TimeSpan after)
{
    private readonly Queue<(Spot Spot, long At)> queue = [];

    /// <returns>When that was: the clock's timestamp.</returns>
    public long Add(Spot spot)
    {
        var now = time.GetTimestamp();
        queue.Enqueue((spot, now));
        return now;
    }

    /// <returns>Null where none is due yet.</returns>
    public (Spot Spot, long At)? Take() =>
        queue.TryPeek(out var first) && time.GetElapsedTime(first.At) >= after ? queue.Dequeue() : null;
}
