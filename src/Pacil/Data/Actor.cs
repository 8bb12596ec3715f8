namespace Pacil.Data;

/// <summary>The user, or the program itself, that makes a write. Every entry of the write names its actor.</summary>
/// <param name="Id">The user's account. Null for the program itself, for example in a console command.</param>
/// <param name="Name">The name that the log shows beside the change.</param>
/// <param name="Key">The idempotency key of the write. Every entry of the write stores the key.</param>
internal sealed record Actor(long? Id, string Name, string? Key = null)
{
    public static readonly Actor Program = new(null, "");

    /// <summary>The actor of migrations and housekeeping: the program itself, with no deadline for writes.</summary>
    public static readonly Actor Maintenance = Program with { HasDeadline = false };

    /// <summary>Whether a write of this actor is stopped when it exceeds <see cref="Deadlines.Write"/>.</summary>
    public bool HasDeadline { get; init; } = true;
}
