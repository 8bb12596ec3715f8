using System.Text.Json;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Commands;

/// <summary>One command that a client has sent over its WebSocket.</summary>
/// <param name="Context">The request that opened the WebSocket.</param>
/// <param name="Command">The JSON object that the client sent; valid until the handler returns.</param>
internal sealed record SocketRequest(HttpContext Context, StreamContext Feed, JsonElement Command)
{
    public RequestFields Fields { get; } = RequestFields.Of(Command);

    public CurrentUser User => CurrentUser.Of(Context);

    /// <summary>The idempotency key; null if the command has none.</summary>
    /// <exception cref="ProblemException">400 if the key is not valid.</exception>
    public string? Key => Idempotency.Checked(
        Command.TryGetProperty("key", out var key) && key.ValueKind != JsonValueKind.Null
            ? key.ValueKind == JsonValueKind.String ? key.GetString() : ""
            : null);
}
