namespace Pacil.Web.OpenApi;

/// <summary>Serves Swagger UI at /api, to read the API description and to try the API.</summary>
internal static class Explorer
{
    private const string Page = "explorer.html";

    public static void UseExplorer(this WebApplication app)
    {
        app.MapGet("/api", () => TypedResults.LocalRedirect("/api/index.html"))
            .AllowAnonymous().ExcludeFromDescription();
        app.UseWhen(IsFile, explorer =>
        {
            explorer.Use((context, next) =>
            {
                // Swagger UI's JavaScript adds inline styles, so this page needs 'unsafe-inline'. No other page has
                // third-party code.
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
                return next(context);
            });
            explorer.UseSwaggerUI(options =>
            {
                options.RoutePrefix = "api";
                options.IndexStream = () => typeof(Explorer).Assembly.GetManifestResourceStream(Page);
            });
        });
    }

    private static bool IsFile(HttpContext context) =>
        context.Request.Path.Value is { } path && path.StartsWith("/api", StringComparison.Ordinal)
        && path.LastIndexOf('/') == 4 && path.Contains('.');
}
