using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Workspaces.Invitations;

/// <summary>The response to the creation of an invitation.</summary>
[SchemaName("MadeInvitation")]
internal sealed record CreatedInvitation : Invitation
{
    /// <summary>The link's secret, which no other response contains; null for an invitation by name.</summary>
    [JsonPropertyOrder(1)]
    public required string? Secret { get; init; }

    /// <summary>The path of the page that accepts the invitation.</summary>
    [JsonPropertyOrder(2)]
    public string Path => $"{Root}{Secret ?? $"{Id}"}";
}
