namespace Pacil.Web.Hosting;

/// <summary>Limits the console log to messages for an operator. A successful request writes no line.</summary>
internal static class Logging
{
    public static void AddQuietConsole(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // If this category is enabled, the framework creates an Activity for every request. Problems.cs logs failures
        // instead.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Scopes would use memory for every connection, and no log message needs a scope.
        logging.Services.Configure<LoggerFilterOptions>(options => options.CaptureScopes = false);
        // CommandLine.cs reports a failed start in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
