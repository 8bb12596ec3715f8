namespace Pacil.Workspaces.Invitations;

/// <summary>The request body of an invitation, for the API's description.</summary>
internal sealed record InvitationBody(string? Role, string? Username, long? Uses, long? ExpiresInDays);
