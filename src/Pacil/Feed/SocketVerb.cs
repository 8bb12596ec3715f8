using System.Text.Json;
using Pacil.Accounts;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// What a client may ask for over its WebSocket, as <c>{"do": NAME, "ref", "key"?, …}</c>. Registered as a service,
/// so that slices above bring their own.
/// </summary>
/// <param name="Answer">What the <c>done</c> frame says, a JSON value; or the problem.</param>
internal sealed record SocketVerb(string Name, Func<SocketAsk, Task<Result<byte[]>>> Answer)
{
    /// <summary>Where there is nothing to say but that it is done.</summary>
    public static readonly byte[] Done = "{}"u8.ToArray();
}

/// <summary>One command of a client.</summary>
/// <param name="Context">The request that opened the WebSocket, with the services it may use.</param>
/// <param name="Feed">What the connection follows.</param>
/// <param name="Command">As it was sent; good until it is answered.</param>
internal sealed record SocketAsk(HttpContext Context, StreamParts Feed, JsonElement Command)
{
    /// <summary>The command's members, to be read with their rules.</summary>
    public Fields Fields { get; } = Fields.Of(Command);

    public CurrentUser User => CurrentUser.Of(Context);

    /// <summary>Its idempotency key; null where it carries none.</summary>
    /// <exception cref="RefusedException">400: it is no key.</exception>
    public string? Key => Idempotency.Checked(
        Command.TryGetProperty("key", out var key) && key.ValueKind != JsonValueKind.Null
            ? key.ValueKind == JsonValueKind.String ? key.GetString() : ""
            : null);
}
