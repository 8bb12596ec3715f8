namespace Pacil.Web.Hosting;

/// <summary>The console shows what an operator should know, and no line for a successful request.</summary>
internal static class Logging
{
    public static void AddQuietConsole(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // While this category is enabled, each request creates an Activity. Problems logs failures.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // No message needs a scope, and every connection would have to carry one.
        logging.Services.Configure<LoggerFilterOptions>(options => options.CaptureScopes = false);
        // Commands reports a failed start, in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
