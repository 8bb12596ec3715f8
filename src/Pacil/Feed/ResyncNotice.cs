namespace Pacil.Feed;

/// <summary>What is wrong with a reader's places: told before the first entry, or once it shows.</summary>
/// <param name="Gone">Feeds that the caller may not see.</param>
/// <param name="Reset">Workspaces whose place is none of this database's log.</param>
/// <param name="Reason">Why; null where every place is good.</param>
internal sealed record ResyncNotice(List<long> Gone, List<long> Reset, string? Reason)
{
    public static readonly ResyncNotice None = new([], [], null);

    /// <summary>The cursor of where the reader is until they have been told; null: where they go on.</summary>
    public string? From { get; init; }
}
