using System.Text.Json.Serialization;

namespace Pacil.Identity.Tokens;

/// <summary>The response to the creation of a token. No other response contains the secret.</summary>
internal sealed record CreatedToken : Token
{
    [JsonPropertyName("token"), JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}
