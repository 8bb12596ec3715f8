using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Pacil.Web.Hosting;

namespace Pacil.Web;

/// <summary>
/// A successful JSON response. The response of a write is built inside the transaction, so that a retry with the same
/// idempotency key gets exactly the same bytes; see <see cref="Idempotency"/>.
/// </summary>
internal sealed record ApiResponse(int Status, byte[]? Body = null) : IResult
{
    public static readonly ApiResponse NoContent = new(StatusCodes.Status204NoContent);

    /// <summary>The <c>Location</c> header: a path without scheme and host.</summary>
    public string? Location { get; init; }

    /// <summary>The version of the object in the body, as an entity tag in double quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>
    /// The number of the first entry that the write added to the workspace's log; header <c>Feed-Seq</c>.
    /// </summary>
    public long? Seq { get; init; }

    /// <summary>Whether this is the stored response to an earlier request with the same idempotency key.</summary>
    public bool IsReplayed { get; init; }

    public static ApiResponse Ok<T>(T body, JsonTypeInfo<T> type, long? version = null) =>
        new(StatusCodes.Status200OK, Json.Bytes(body, type)) { ETag = version is { } v ? Versions.ETag(v) : null };

    /// <summary>
    /// Responds to a read of one object: 304 if the request's <c>If-None-Match</c> names this version, otherwise 200.
    /// </summary>
    public static ApiResponse One<T>(HttpContext context, T body, JsonTypeInfo<T> type, long version) =>
        Versions.IsKnown(context.Request, Versions.ETag(version))
            ? new(StatusCodes.Status304NotModified) { ETag = Versions.ETag(version) }
            : Ok(body, type, version);

    public static ApiResponse Created<T>(string location, T body, JsonTypeInfo<T> type, long? version = null) =>
        Ok(body, type, version) with { Status = StatusCodes.Status201Created, Location = location };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        SecurityHeaders.KeepPrivate(response);
        if (Location is not null) response.Headers.Location = Location;
        if (ETag is not null) response.Headers.ETag = ETag;
        if (Seq is { } seq) response.Headers["Feed-Seq"] = seq.ToString(CultureInfo.InvariantCulture);
        if (IsReplayed) response.Headers["Idempotency-Replayed"] = "true";
        if (Body is null) return;
        response.ContentType = Json.ContentType;
        response.ContentLength = Body.Length;
        await response.BodyWriter.WriteAsync(Body, httpContext.RequestAborted);
    }
}
