namespace Pacil.Data;

/// <summary>Who makes a write. Every entry of the feed names its actor.</summary>
/// <param name="Id">The account; null for the program itself, as on the command line.</param>
/// <param name="Name">The name that is shown beside the change.</param>
/// <param name="Key">The idempotency key of the write, stored in each of its entries.</param>
internal sealed record Actor(long? Id, string Name, string? Key = null)
{
    public static readonly Actor Program = new(null, "");

    /// <summary>The program in work without a deadline: migrations, housekeeping.</summary>
    public static readonly Actor Maintenance = Program with { HasDeadline = false };

    /// <summary>Whether a write is stopped when it takes too long.</summary>
    public bool HasDeadline { get; init; } = true;
}
