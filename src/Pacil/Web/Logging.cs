namespace Pacil.Web;

/// <summary>
/// The console tells what an operator should know, and nothing else: no line for a request that went well.
/// </summary>
internal static class Logging
{
    public static void AddQuietConsole(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // While anything listens to it, each request makes an activity; what fails is logged by Problems.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Nothing that we say needs to be told whose it is; every connection would carry it along.
        logging.Services.Configure<LoggerFilterOptions>(options => options.CaptureScopes = false);
        // Failing to start is said once, in words, by Commands.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
