namespace Pacil.Workspaces;

/// <summary>The request body of a role change, for the API's description.</summary>
internal sealed record MemberBody(string Role);
