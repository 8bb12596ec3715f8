namespace Pacil.Streaming;

/// <summary>What is wrong with a client's positions: sent before the first entry, or as soon as it is found.</summary>
/// <param name="Gone">Feeds that the account may not see.</param>
/// <param name="Reset">Workspaces whose position does not belong to this database's log.</param>
/// <param name="Reason">Why positions were reset; null if none was.</param>
internal sealed record ResyncNotice(List<long> Gone, List<long> Reset, string? Reason)
{
    public static readonly ResyncNotice None = new([], [], null);

    /// <summary>The cursor for hello: a client cut off too early gets this again. Null: the current cursor.</summary>
    public string? From { get; init; }
}
