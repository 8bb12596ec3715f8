namespace Pacil.Web.Hosting;

/// <summary>Sets the security headers of every response.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// The address of the service worker. The worker only fetches pages and assets for its cache, so its policy allows
    /// only <c>connect-src</c>.
    /// </summary>
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
    /// Marks a response for one user: proxies must not store it, and the browser must revalidate it. An existing
    /// Cache-Control header stays as it is. Also sets Vary, because the response may be compressed.
    /// </summary>
    public static void KeepPrivate(HttpResponse response)
    {
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-cache, private";
        Compression.Vary(response);
    }

    /// <summary>
    /// Sets the headers of a page. The page may load styles, JavaScript and images from this site only. An import map
    /// is the only allowed inline script.
    /// </summary>
    /// <param name="importMapHash">SHA-256 of the import map, base64; null if the page has no import map.</param>
    public static void AllowPage(HttpResponse response, string? importMapHash)
    {
        var importMap = importMapHash is null ? "" : $" 'sha256-{importMapHash}'";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'{importMap}; style-src 'self'; img-src 'self' data:; "
            + $"connect-src 'self'{PageReload.Source}; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        Compression.Vary(response);
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
    }
}
