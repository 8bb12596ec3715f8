using System.Globalization;
using System.Net;
using System.Text.Json;
using Pacil.Data;
using Pacil.Web.RateLimits;

namespace Pacil.Web.Hosting;

/// <summary>
/// Writes the audit log: who signed in, who was refused, and who gave or removed access. Each event is one line of the
/// log category <c>Pacil.Audit</c>. A line never contains a secret: no password, no token, no link. Text that a user
/// has chosen, such as a name, is written as an ASCII JSON string, so that it cannot start a new line.
/// docs/operating/audit.md explains each event.
/// </summary>
internal sealed partial class Audit(ILoggerFactory loggers, TimeProvider time)
{
    public const string Category = "Pacil.Audit";

    private readonly ILogger log = loggers.CreateLogger(Category);

    /// <summary>Records that a request has changed somebody's access.</summary>
    public static void Granted(HttpContext context) => Of(context).Write(context, "access_change", "done");

    /// <summary>Records a problem with status 403. Other problems are not recorded.</summary>
    public static void Refused(HttpContext context, Problem problem)
    {
        if (problem.Status == StatusCodes.Status403Forbidden) Of(context).Write(context, "access", problem.Code);
    }

    /// <param name="context">Null if the event comes from the command line.</param>
    /// <param name="account">The account whose access changes; null for the account of the signed-in user.</param>
    public void Write(HttpContext? context, string what, string result, (long Id, string Name)? account = null)
    {
        if (!log.IsEnabled(LogLevel.Information)) return;
        var id = account?.Id.ToString(CultureInfo.InvariantCulture)
            ?? (context is null ? null : Peer.Account(context)?.Value.ToString(CultureInfo.InvariantCulture));
        var name = account?.Name ?? context?.User.Identity?.Name;
        var at = UtcMilliseconds.Text(time.UtcNow());
        var quoted = name is null ? "-" : $"\"{JsonEncodedText.Encode(name)}\"";
        var address = context is null ? "console" : Address(context.Connection.RemoteIpAddress);
        var request = context is null ? "-" : Request(context);
        Log(at, what, result, id ?? "-", quoted, address, request);
    }

    private static Audit Of(HttpContext context) => context.RequestServices.GetRequiredService<Audit>();

    private static string Address(IPAddress? address) =>
        address is null ? "-" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>
    /// The method, the route template, and the numeric route values. Other parts of an address may be secrets.
    /// </summary>
    private static string Request(HttpContext context)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/');
        var numbers = context.Request.RouteValues
            .Where(value => value.Value is string text && long.TryParse(text, CultureInfo.InvariantCulture, out _))
            .Select(value => $" {value.Key}={value.Value}");
        return $"{context.Request.Method} /{route}{string.Concat(numbers)}";
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{At} {What} {Result} account={Account} name={Name} address={Address} request={Request}")]
    private partial void Log(
        string at, string what, string result, string account, string name, string address, string request);
}
