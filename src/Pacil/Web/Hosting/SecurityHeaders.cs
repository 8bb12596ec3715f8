namespace Pacil.Web.Hosting;

/// <summary>The security headers of every answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>Fetches pages and assets to cache them, so it needs <c>connect-src</c> and nothing else.</summary>
    private const string ServiceWorker = "/sw.js";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Set(context.Response);
        if (context.Request.Path == ServiceWorker) AllowServiceWorker(context.Response);
        return next(context);
    });

    private static void AllowServiceWorker(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>
    /// Marks an answer for one user, unless it is marked already: no proxy may store it, and the browser must
    /// revalidate it. It may also be compressed, so it varies.
    /// </summary>
    public static void KeepPrivate(HttpResponse response)
    {
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-cache, private";
        Compression.Vary(response);
    }

    /// <summary>
    /// A page may load its own styles, scripts and images, but nothing inline except an import map, and nothing from
    /// other sites.
    /// </summary>
    /// <param name="importMapHash">SHA-256, base64; null if there is no import map.</param>
    public static void AllowPage(HttpResponse response, string? importMapHash)
    {
        var importMap = importMapHash is null ? "" : $" 'sha256-{importMapHash}'";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'{importMap}; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        Compression.Vary(response);
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
    }
}
