using Pacil.Web.OpenApi;

namespace Pacil.Workspaces;

/// <summary>The request body of a workspace. Only the API description uses this type.</summary>
[Example("""{"name": "Lab"}""")]
internal sealed record WorkspaceBody(string Name);
