namespace Pacil.Feed;

/// <summary>What is wrong with a client's positions: sent before the first entry, or when it is found.</summary>
/// <param name="Gone">Feeds that the caller may not see.</param>
/// <param name="Reset">Workspaces whose position does not belong to this database's log.</param>
/// <param name="Reason">Why; null where every position is valid.</param>
internal sealed record ResyncNotice(List<long> Gone, List<long> Reset, string? Reason)
{
    public static readonly ResyncNotice None = new([], [], null);

    /// <summary>The client's cursor until it has received this; null: the cursor from which it goes on.</summary>
    public string? From { get; init; }
}
