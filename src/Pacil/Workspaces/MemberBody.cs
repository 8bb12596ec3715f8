namespace Pacil.Workspaces;

/// <summary>The request body of a role change. Only the API description uses this type.</summary>
internal sealed record MemberBody(string Role);
