namespace Pacil.Workspaces;

/// <summary>What a request may say of an invitation, for the API's description.</summary>
internal sealed record InvitationBody(string? Role, string? Username, long? Uses, long? ExpiresInDays);
