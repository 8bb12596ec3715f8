using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web.Hosting;

/// <summary>
/// Lets pages of other sites use the API from a browser (CORS), with a token but never with the session cookie. The
/// allowed sites are in <see cref="Settings.CorsOrigins"/>. If the setting is empty, no site is allowed.
/// </summary>
internal static class ForeignPages
{
    private const string Anyone = "*";

    /// <summary>
    /// Response headers that JavaScript of an allowed site may read. The browser hides most other headers from
    /// JavaScript.
    /// </summary>
    private static readonly string[] ExposedHeaders =
        ["ETag", "Link", "Location", "Retry-After", "Feed-Cursor", "Feed-Seq", "Idempotency-Replayed"];

    public static void AddForeignPages(this IServiceCollection services, Settings settings)
    {
        var origins = Settings.Split(settings.CorsOrigins);
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (origins is [Anyone]) policy.AllowAnyOrigin();
            else policy.WithOrigins(origins);
            policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedHeaders)
                .SetPreflightMaxAge(TimeSpan.FromHours(1));
        }));
    }

    public static void UseForeignPages(this IApplicationBuilder app, Settings settings)
    {
        if (settings.CorsOrigins == "") return;
        app.UseWhen(context => IsWithToken(context.Request), tokens => tokens.UseCors());
    }

    /// <summary>
    /// Whether the API request has a token, or is the browser's preflight for a request with a token.
    /// </summary>
    private static bool IsWithToken(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && (request.Headers.Authorization.Count > 0
            || HttpMethods.IsOptions(request.Method)
            && request.Headers[CorsConstants.AccessControlRequestHeaders].ToString()
                .Contains(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase));
}
