using System.Text.Json.Serialization;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Workspaces.Invitations;

/// <summary>The response to the creation of an invitation.</summary>
[SchemaName("MadeInvitation")]
[Example(
    """
    {
      "id": 5, "role": "editor", "username": null, "uses_left": 1, "expires_at": "2026-11-28T08:14:05.120Z",
      "created_at": "2026-11-21T08:14:05.120Z", "created_by": "ana", "secret": "mXxT9-example-only",
      "path": "/invitations/mXxT9-example-only"
    }
    """)]
internal sealed record CreatedInvitation : Invitation
{
    /// <summary>The link's secret, which no other response contains; null for an invitation by name.</summary>
    [JsonPropertyOrder(1)]
    public required string? Secret { get; init; }

    /// <summary>The path of the page that accepts the invitation.</summary>
    [JsonPropertyOrder(2)]
    public string Path => $"{Root}{Secret ?? $"{Id}"}";
}
