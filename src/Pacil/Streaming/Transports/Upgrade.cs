using System.Net.WebSockets;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Streaming.Transports;

/// <summary>The handshake of a WebSocket.</summary>
internal static class Upgrade
{
    private const int RetryAfterSeconds = 5;

    /// <summary>The only version of the protocol.</summary>
    private const string Version = "13";

    /// <summary>
    /// Why a WebSocket handshake is refused; null for a valid one, and for any other request. A client that wants a
    /// WebSocket must not get a poll. A proxy without support for upgrades drops <c>Upgrade</c> and leaves the key.
    /// </summary>
    public static Problem? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (context.WebSockets.IsWebSocketRequest)
            return Csrf.IsOwnPage(request) ? null : new Problem(StatusCodes.Status403Forbidden, "csrf");
        var isAsked = request.Headers.SecWebSocketKey.Count > 0
            || request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);
        if (!isAsked) return null;
        if (request.Headers.SecWebSocketVersion == Version) return Problems.Of(StatusCodes.Status400BadRequest);
        context.Response.Headers.SecWebSocketVersion = Version;
        return Problems.Of(StatusCodes.Status426UpgradeRequired);
    }

    /// <exception cref="ProblemException">503 at <see cref="Settings.ConnectionsMax"/>.</exception>
    public static async Task<WebSocket> Accept(HttpContext context)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync();
        }
        catch (InvalidOperationException)
        {
            // The server throws this at its limit. Whether the request is a handshake was checked before.
            throw new ProblemException(
                Problems.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfterSeconds = RetryAfterSeconds });
        }
    }
}
