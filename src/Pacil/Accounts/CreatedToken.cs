using System.Text.Json.Serialization;

namespace Pacil.Accounts;

/// <summary>The answer to its creation, the only place where the secret is ever seen.</summary>
internal sealed record CreatedToken : Token
{
    [JsonPropertyName("token"), JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}
