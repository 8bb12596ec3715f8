namespace Pacil.Web.Requests;

/// <summary>Responds 406 to a client of the API that does not accept JSON.</summary>
internal static class Negotiation
{
    public static void UseNegotiation(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Headers.Accept is { Count: > 0 } accept && IsApi(context) && !Accepts(accept.ToString())
            ? Problems.Of(StatusCodes.Status406NotAcceptable).ExecuteAsync(context)
            : next(context));

    /// <summary>
    /// Whether this is an API request. The feed, which also offers event streams, responds before this check; see
    /// UseFeed.
    /// </summary>
    private static bool IsApi(HttpContext context) =>
        context.GetEndpoint() is not null && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static bool Accepts(string accept) =>
        accept.Contains("*/*", StringComparison.Ordinal) || accept.Contains("json", StringComparison.OrdinalIgnoreCase)
        || accept.Contains("application/*", StringComparison.OrdinalIgnoreCase) || accept.Length == 0;
}
