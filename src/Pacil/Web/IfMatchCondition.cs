namespace Pacil.Web;

/// <summary>The versions under which a write may happen.</summary>
/// <param name="IsStated">Whether the request said so at all.</param>
/// <param name="AnyOf">Null: whatever version there is.</param>
internal sealed record IfMatchCondition(bool IsStated, IReadOnlyList<long>? AnyOf)
{
    public static readonly IfMatchCondition Anything = new(false, null);

    /// <summary>The request must say which version it has seen: 428.</summary>
    public static readonly Problem Required = new(StatusCodes.Status428PreconditionRequired, "version_required");

    public bool Allows(long version) => AnyOf is null || AnyOf.Contains(version);

    /// <summary>The latest version the caller claims to know.</summary>
    public long Known => AnyOf is { Count: > 0 } ? AnyOf.Max() : -1;
}
