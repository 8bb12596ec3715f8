using System.Net.WebSockets;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Streaming.Transports;

/// <summary>Checks and accepts WebSocket handshakes.</summary>
internal static class Upgrade
{
    private const int RetryAfterSeconds = 5;

    /// <summary>The only version of the WebSocket protocol.</summary>
    private const string Version = "13";

    /// <summary>
    /// The problem with a WebSocket handshake; null if the handshake is valid, or if the request is not a handshake. An
    /// invalid handshake must not be handled as a long poll. It may have no <c>Upgrade</c> header, because a proxy
    /// without support for WebSockets removes this header but forwards <c>Sec-WebSocket-Key</c>.
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

    /// <exception cref="ProblemException">
    /// 503 if there are already <see cref="Settings.ConnectionsMax"/> connections.
    /// </exception>
    public static async Task<WebSocket> Accept(HttpContext context)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync();
        }
        catch (InvalidOperationException)
        {
            // The server has reached its connection limit. The other cause of this exception would be a request that is
            // not a handshake, but FollowFeed has already checked that the request is a handshake.
            throw new ProblemException(
                Problems.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfterSeconds = RetryAfterSeconds });
        }
    }
}
