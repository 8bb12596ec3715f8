using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web.Requests;

namespace Pacil.Web.OpenApi;

/// <summary>
/// The parameters and refusals of a route. Most follow from its handler, and from the metadata for which middleware
/// looks, so that a new route has them without saying so.
/// </summary>
internal static class RouteRules
{
    public static IEnumerable<Parameter> Parameters(IList<object> metadata) =>
        Has<TakesNoKey>(metadata) || Handler(metadata)?.ReturnType != typeof(RequestWrite)
            ? metadata.OfType<Parameter>()
            : metadata.OfType<Parameter>().Append(Idempotency.Asked);

    /// <summary>Some routes never give one of these refusals; the description allows it.</summary>
    public static IEnumerable<Refusal> Refusals(string method, string path, IList<object> metadata)
    {
        var isRead = Csrf.IsSafe(method);
        return Middleware(path, metadata)
            .Concat(metadata.OfType<Refusal>())
            .Concat(Parameters(metadata).SelectMany(parameter => parameter.Refusals))
            .Where(refusal => !refusal.IsOfWrites || !isRead);
    }

    private static IEnumerable<Refusal> Middleware(string path, IList<object> metadata)
    {
        yield return new(400, "malformed") { IsOfWrites = true };
        yield return new(401, "invalid_token");
        if (Has<IAuthorizeData>(metadata)) yield return new(401, "not_signed_in");
        yield return new(403, "csrf", "read_only_token") { IsOfWrites = true };
        if (metadata.OfType<IAuthorizeData>().Any(rule => rule.Roles is not null)) yield return new(403, "forbidden");
        if (path.Contains('{')) yield return new(404, "not_found");
        if (path.StartsWith("/api/", StringComparison.Ordinal) && !Has<EndlessAnswer>(metadata))
            yield return new(406, "not_acceptable");
        yield return new(408, "timed_out") { IsOfWrites = true };
        yield return new(413, "too_large") { IsOfWrites = true };
        if (Handler(metadata) is { } handler && Array.Exists(
            handler.GetParameters(), parameter => parameter.ParameterType == typeof(RequestFields)))
        {
            yield return new(415, "unsupported_media_type");
            yield return new(422, "invalid");
        }
        if (!Has<DisableRateLimitingAttribute>(metadata)) yield return new(429, "too_many_requests");
        yield return new(500, "internal");
        yield return new(503, "unavailable", "took_too_long");
        yield return new(503, "outcome_unknown") { IsOfWrites = true };
    }

    private static MethodInfo? Handler(IList<object> metadata) => metadata.OfType<MethodInfo>().FirstOrDefault();

    private static bool Has<T>(IList<object> metadata) => metadata.OfType<T>().Any();
}
