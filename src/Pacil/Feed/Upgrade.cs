using System.Net.WebSockets;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>Makes a WebSocket of a connection.</summary>
internal static class Upgrade
{
    private const int RetryAfterSeconds = 5;

    /// <summary>Of the protocol; there is no other.</summary>
    private const string Version = "13";

    /// <summary>
    /// Why a request for a WebSocket is refused; its client does not wait for a poll. A proxy without support for
    /// upgrades drops that header and leaves the key.
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

    /// <exception cref="ProblemException">503: <see cref="Settings.ConnectionsMax"/> of them are open.</exception>
    public static async Task<WebSocket> Accept(HttpContext context)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync();
        }
        catch (InvalidOperationException)
        {
            // That is how the server says so; whether it can be one at all has been asked before.
            throw new ProblemException(
                Problems.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfterSeconds = RetryAfterSeconds });
        }
    }
}
