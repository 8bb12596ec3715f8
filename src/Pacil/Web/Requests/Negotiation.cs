namespace Pacil.Web.Requests;

/// <summary>The API answers JSON; a client that accepts no JSON gets 406.</summary>
internal static class Negotiation
{
    public static void UseNegotiation(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Headers.Accept is { Count: > 0 } accept && IsApi(context) && !Accepts(accept.ToString())
            ? Problems.Of(StatusCodes.Status406NotAcceptable).ExecuteAsync(context)
            : next(context));

    /// <summary>The feed, which also speaks event streams, has answered before this; see UseFeed.</summary>
    private static bool IsApi(HttpContext context) =>
        context.GetEndpoint() is not null && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static bool Accepts(string accept) =>
        accept.Contains("*/*", StringComparison.Ordinal) || accept.Contains("json", StringComparison.OrdinalIgnoreCase)
        || accept.Contains("application/*", StringComparison.OrdinalIgnoreCase) || accept.Length == 0;
}
