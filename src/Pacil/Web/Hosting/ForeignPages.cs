using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web.Hosting;

/// <summary>
/// Lets pages of other sites use the API from a browser (CORS), with a token and never with the cookie. The sites are
/// those in <see cref="Settings.CorsOrigins"/>; if it is empty, there are none.
/// </summary>
internal static class ForeignPages
{
    private const string Anyone = "*";

    /// <summary>Headers that a browser hides from another site's scripts unless the answer exposes them.</summary>
    private static readonly string[] Told =
        ["ETag", "Link", "Location", "Retry-After", "Feed-Cursor", "Feed-Seq", "Idempotency-Replayed"];

    public static void AddForeignPages(this IServiceCollection services, Settings settings)
    {
        var origins = Settings.Split(settings.CorsOrigins);
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (origins is [Anyone]) policy.AllowAnyOrigin();
            else policy.WithOrigins(origins);
            policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Told)
                .SetPreflightMaxAge(TimeSpan.FromHours(1));
        }));
    }

    public static void UseForeignPages(this IApplicationBuilder app, Settings settings)
    {
        if (settings.CorsOrigins == "") return;
        app.UseWhen(context => IsWithToken(context.Request), tokens => tokens.UseCors());
    }

    /// <summary>A request with a token, or the browser's preflight request for one.</summary>
    private static bool IsWithToken(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && (request.Headers.Authorization.Count > 0
            || HttpMethods.IsOptions(request.Method)
            && request.Headers[CorsConstants.AccessControlRequestHeaders].ToString()
                .Contains(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase));
}
