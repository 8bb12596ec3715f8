using System.Text.Json.Serialization.Metadata;

namespace Pacil.Web;

/// <summary>The condition of a write: the versions that the row may have. Usually read from If-Match.</summary>
/// <param name="IsStated">Whether the caller has stated a condition. Some writes are refused without one.</param>
/// <param name="AnyOf">The allowed versions; null if every version is allowed.</param>
internal sealed record IfMatchCondition(bool IsStated, IReadOnlyList<long>? AnyOf)
{
    public static readonly IfMatchCondition Anything = new(false, null);

    /// <summary>428: the request must state the version of the row that it changes.</summary>
    public static readonly Problem Required = new(StatusCodes.Status428PreconditionRequired, "version_required");

    /// <summary>412: the request does not allow the current version of the row.</summary>
    /// <param name="differing">
    /// The fields in which the row differs from what the caller has seen or wants; null leaves them out.
    /// </param>
    public static Problem Conflict<T>(T current, JsonTypeInfo<T> type, IEnumerable<string>? differing = null) =>
        new(StatusCodes.Status412PreconditionFailed, "version_conflict")
        {
            Members =
            [
                ("current", Json.Text(current, type)),
                .. differing is null ? Array.Empty<(string, string)>() : [("differing", Json.Names(differing))],
            ],
        };

    public bool Allows(long version) => AnyOf is null || AnyOf.Contains(version);

    /// <summary>The newest of the stated versions; −1 if no version is stated.</summary>
    public long Known => AnyOf is { Count: > 0 } ? AnyOf.Max() : -1;
}
