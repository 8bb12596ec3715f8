using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

/// <summary>One request of a batch.</summary>
/// <param name="Path">The path of an API endpoint, with the query string.</param>
/// <param name="Body">The request body as JSON; empty if there is none.</param>
/// <param name="Key">The part's own idempotency key. If it is null, a key is derived from the batch's key.</param>
internal sealed record BatchPart(
    string Method, string Path, byte[] Body, string? IfMatch, string? IfNoneMatch, string? Key)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private string PathOnly => Path.Split('?')[0];

    /// <summary>The decoded path, as routing sees it.</summary>
    private PathString Resource => Uri.UnescapeDataString(PathOnly);

    /// <summary>Reads the parts from the field <c>requests</c>. Adds errors to <paramref name="fields"/>.</summary>
    public static List<BatchPart> Read(RequestFields fields)
    {
        var parts = new List<BatchPart>();
        if (fields.List("requests") is not { } requests)
        {
            if (fields.Problem is null) fields.Error("requests", "error.required");
            return parts;
        }
        if (requests.Count is 0 or > BatchBody.PartsMax)
            fields.Error("requests", "error.not_between", 1, BatchBody.PartsMax);
        foreach (var (n, request) in requests.Take(BatchBody.PartsMax).Index())
            if (Of(request) is { } part) parts.Add(part);
            else fields.Error("requests", "error.not_a_request", n + 1);
        return parts;
    }

    /// <summary>Creates the context in which the part runs as a separate request of the batch's user.</summary>
    /// <param name="key">The idempotency key of the part's request; null for none.</param>
    public DefaultHttpContext Context(HttpContext outer, string? key, Stream answer)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = outer.Request.Protocol,
            Scheme = outer.Request.Scheme,
            Method = Method,
            Path = Resource,
            QueryString = Path.Contains('?') ? Path[PathOnly.Length..] : "",
            Body = new MemoryStream(Body),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set(outer.Features.Get<IHttpConnectionFeature>());
        var context = new DefaultHttpContext(features)
        {
            RequestServices = outer.RequestServices,
            RequestAborted = outer.RequestAborted,
            User = outer.User,
        };
        var headers = context.Request.Headers;
        headers.Host = outer.Request.Headers.Host;
        headers.AcceptLanguage = outer.Request.Headers.AcceptLanguage;
        headers.Accept = "application/json";
        if (Body.Length > 0) (headers.ContentType, headers.ContentLength) = ("application/json", Body.Length);
        if (IfMatch is not null) headers.IfMatch = IfMatch;
        if (IfNoneMatch is not null) headers.IfNoneMatch = IfNoneMatch;
        if (key is not null && !Csrf.IsSafe(Method)) headers["Idempotency-Key"] = key;
        return context;
    }

    private static BatchPart? Of(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object) return null;
        var (method, path) = (Text(Given(request, "method"), "GET"), Text(Given(request, "path")));
        if (!Methods.Contains(method) || path?.StartsWith("/api/", StringComparison.Ordinal) is not true
            || path.Contains('#') || path.Any(char.IsControl)) return null;
        var headers = Given(request, "headers");
        if (headers.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object)) return null;
        var body = Given(request, "body");
        return new BatchPart(
            method!, path, body.ValueKind == JsonValueKind.Undefined ? [] : Encoding.UTF8.GetBytes(body.GetRawText()),
            Header(headers, "If-Match"), Header(headers, "If-None-Match"), Header(headers, "Idempotency-Key"));
    }

    /// <summary>Reads a property; a missing or null property has the kind <c>Undefined</c>.</summary>
    private static JsonElement Given(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    private static string? Header(JsonElement headers, string name) => headers.ValueKind != JsonValueKind.Object
        ? null
        : headers.EnumerateObject()
            .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value.ToString()).FirstOrDefault();

    private static string? Text(JsonElement value, string? otherwise = null) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Undefined => otherwise,
        _ => null,
    };
}
