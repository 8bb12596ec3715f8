using System.Text.Json;

namespace Pacil.Web.OpenApi;

/// <summary>
/// A problem as the API returns it. This type exists only for the API description; <see cref="Problem"/> writes it.
/// </summary>
/// <param name="Error">The same text as <paramref name="Detail"/>, for simple clients.</param>
[Example(
    """
    {
      "type": "urn:pacil:problem:insufficient_stock", "title": "Conflict", "status": 409,
      "detail": "Only 5 in stock.", "error": "Only 5 in stock.", "code": "insufficient_stock", "available": 5,
      "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
    }
    """)]
[SchemaName("Problem")]
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Error, string Code, string TraceId)
{
    /// <summary>With <c>invalid</c>: the messages of each field.</summary>
    public Dictionary<string, List<string>>? Errors { get; init; }

    /// <summary>With 429 and 503: the seconds after which to try again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>With <c>version_conflict</c>: the object as it is now.</summary>
    public JsonElement? Current { get; init; }

    /// <summary>With <c>version_conflict</c>: the members that differ from what the caller has seen.</summary>
    public List<string>? Differing { get; init; }

    /// <summary>With <c>insufficient_stock</c>: the amount that there is.</summary>
    public long? Available { get; init; }

    /// <summary>With <c>changed_since</c>: the members that were changed again.</summary>
    public List<string>? Fields { get; init; }

    /// <summary>With <c>bulk_refused</c>: the first items that cannot be changed.</summary>
    public List<JsonElement>? Refused { get; init; }

    public int? RefusedCount { get; init; }

    /// <summary>With <c>batch_failed</c>: the index of the request that was refused.</summary>
    public int? Failed { get; init; }

    /// <summary>With <c>batch_failed</c>: the answers of all requests of the batch.</summary>
    public List<JsonElement>? Responses { get; init; }
}
