using System.Text.Json.Serialization;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Tokens;

/// <summary>The response to the creation of a token. No other response contains the secret.</summary>
[Example(
    """
    {
      "id": 4, "name": "Printer", "scope": "write", "created_at": "2026-11-21T08:14:05.120Z", "expires_at": null,
      "last_used_at": null, "token": "pacil_mXxT9-example-only"
    }
    """)]
internal sealed record CreatedToken : Token
{
    [JsonPropertyName("token"), JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}
