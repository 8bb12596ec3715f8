using System.Globalization;
using System.Net;
using System.Text.Json;
using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// Tells the operator's log who came in, who did not, and who gave or took access: one line each, of the category
/// <c>Pacil.Audit</c>. Never a secret: no password, no token, no link. What somebody has chosen, as a name, is written
/// as a JSON string of ASCII, so that it makes no line of its own. docs/operating/audit.md tells of each.
/// </summary>
internal sealed partial class Audit(ILoggerFactory loggers, TimeProvider time)
{
    public const string Category = "Pacil.Audit";

    private readonly ILogger log = loggers.CreateLogger(Category);

    /// <summary>What gives or takes access is done.</summary>
    public static void Granted(HttpContext context) => Of(context).Write(context, "access_change", "done");

    /// <summary>Somebody may not: whatever is answered 403. Of other problems nothing is written.</summary>
    public static void Refused(HttpContext context, Problem problem)
    {
        if (problem.Status == StatusCodes.Status403Forbidden) Of(context).Write(context, "access", problem.Code);
    }

    /// <param name="context">Null: it is the console.</param>
    /// <param name="account">Whose access it is about; null: the signed-in user's.</param>
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

    /// <summary>The route and the numbers in it; what else an address holds may be a secret.</summary>
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
