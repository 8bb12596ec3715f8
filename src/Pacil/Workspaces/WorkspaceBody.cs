namespace Pacil.Workspaces;

/// <summary>What a request may say of a workspace, for the API's description.</summary>
internal sealed record WorkspaceBody(string Name, bool? Archived);
