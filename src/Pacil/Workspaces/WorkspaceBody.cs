namespace Pacil.Workspaces;

/// <summary>The request body of a workspace, for the API's description.</summary>
internal sealed record WorkspaceBody(string Name, bool? Archived);
