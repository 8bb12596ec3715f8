using System.Text.Json;
using Pacil.Accounts;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>One command of a client.</summary>
/// <param name="Context">The request that opened the WebSocket, with the services it may use.</param>
/// <param name="Feed">What the connection follows.</param>
/// <param name="Command">As it was sent; good until it is answered.</param>
internal sealed record SocketRequest(HttpContext Context, StreamContext Feed, JsonElement Command)
{
    /// <summary>The command's members, to be read with their rules.</summary>
    public RequestFields Fields { get; } = RequestFields.Of(Command);

    public CurrentUser User => CurrentUser.Of(Context);

    /// <summary>Its idempotency key; null where it carries none.</summary>
    /// <exception cref="ProblemException">400: it is no key.</exception>
    public string? Key => Idempotency.Checked(
        Command.TryGetProperty("key", out var key) && key.ValueKind != JsonValueKind.Null
            ? key.ValueKind == JsonValueKind.String ? key.GetString() : ""
            : null);
}
