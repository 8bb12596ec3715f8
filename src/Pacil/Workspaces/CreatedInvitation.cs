using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>The answer to its creation.</summary>
[SchemaName("MadeInvitation")]
internal sealed record CreatedInvitation : Invitation
{
    /// <summary>Shown here and nowhere else; null where the invitation names somebody.</summary>
    [JsonPropertyOrder(1)]
    public required string? Secret { get; init; }

    /// <summary>Where it is accepted.</summary>
    [JsonPropertyOrder(2)]
    public string Path => $"{Root}{Secret ?? $"{Id}"}";
}
