using System.Net.WebSockets;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>Makes a WebSocket of a connection.</summary>
internal static class Upgrade
{
    private const int RetryAfterSeconds = 5;

    /// <exception cref="RefusedException">503: <see cref="Settings.ConnectionsMax"/> of them are open.</exception>
    public static async Task<WebSocket> Accept(HttpContext context)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync();
        }
        catch (InvalidOperationException)
        {
            // That is how the server says so; whether it can be one at all has been asked before.
            throw new RefusedException(
                Problems.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfterSeconds = RetryAfterSeconds });
        }
    }
}
