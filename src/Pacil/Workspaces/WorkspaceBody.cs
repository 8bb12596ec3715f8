namespace Pacil.Workspaces;

/// <summary>The request body of a workspace. Only the API description uses this type.</summary>
internal sealed record WorkspaceBody(string Name, bool? Archived);
