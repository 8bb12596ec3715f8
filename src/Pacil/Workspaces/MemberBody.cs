namespace Pacil.Workspaces;

/// <summary>What a request may say of a member, for the API's description.</summary>
internal sealed record MemberBody(string Role);
