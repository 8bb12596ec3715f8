namespace Pacil.Workspaces.Invitations;

/// <summary>The request body of an invitation. Only the API description uses this type.</summary>
internal sealed record InvitationBody(string? Role, string? Username, long? Uses, long? ExpiresInDays);
