using Pacil.Web.OpenApi;

namespace Pacil.Workspaces.Invitations;

/// <summary>The request body of an invitation. Only the API description uses this type.</summary>
[Example("""{"role": "editor", "uses": 5, "expires_in_days": 7}""")]
internal sealed record InvitationBody(
    string? Role = null, string? Username = null, long? Uses = null, long? ExpiresInDays = null);
