namespace Pacil.Data;

/// <summary>Who writes. Every entry of the feed names its actor.</summary>
/// <param name="Id">The account; null for the program itself, as on the command line.</param>
/// <param name="Name">The name shown beside what was done.</param>
/// <param name="Key">The writer's idempotency key, kept on every entry of the write.</param>
internal sealed record Actor(long? Id, string Name, string? Key = null)
{
    public static readonly Actor Program = new(null, "");

    /// <summary>The program at work that takes as long as it takes: migrations, housekeeping.</summary>
    public static readonly Actor Maintenance = Program with { HasDeadline = false };

    /// <summary>Whether a write is given up when it takes too long.</summary>
    public bool HasDeadline { get; init; } = true;
}
