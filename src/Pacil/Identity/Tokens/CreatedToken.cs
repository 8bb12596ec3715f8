using System.Text.Json.Serialization;

namespace Pacil.Identity.Tokens;

/// <summary>The answer to the creation of a token, the only place where the secret is shown.</summary>
internal sealed record CreatedToken : Token
{
    [JsonPropertyName("token"), JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}
