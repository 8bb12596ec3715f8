namespace Pacil.Web;

/// <summary>The versions of a row that allow a write.</summary>
/// <param name="IsStated">Whether the request named them.</param>
/// <param name="AnyOf">Null for any version.</param>
internal sealed record IfMatchCondition(bool IsStated, IReadOnlyList<long>? AnyOf)
{
    public static readonly IfMatchCondition Anything = new(false, null);

    /// <summary>428: the request must name the version that it was made from.</summary>
    public static readonly Problem Required = new(StatusCodes.Status428PreconditionRequired, "version_required");

    public bool Allows(long version) => AnyOf is null || AnyOf.Contains(version);

    /// <summary>The latest version that the caller claims to know, or −1.</summary>
    public long Known => AnyOf is { Count: > 0 } ? AnyOf.Max() : -1;
}
