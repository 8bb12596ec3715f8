using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Workspaces.Invitations;

/// <summary>The answer to the creation of an invitation.</summary>
[SchemaName("MadeInvitation")]
internal sealed record CreatedInvitation : Invitation
{
    /// <summary>Shown only here; null if the invitation names somebody.</summary>
    [JsonPropertyOrder(1)]
    public required string? Secret { get; init; }

    /// <summary>The address at which it is accepted.</summary>
    [JsonPropertyOrder(2)]
    public string Path => $"{Root}{Secret ?? $"{Id}"}";
}
