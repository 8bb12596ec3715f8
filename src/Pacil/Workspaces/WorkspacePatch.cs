using Pacil.Web.OpenApi;

namespace Pacil.Workspaces;

/// <summary>The request body of a merge patch of a workspace. Only the API description uses this type.</summary>
[Example("""{"name": "Lab 2"}""")]
internal sealed record WorkspacePatch(string? Name = null, bool? Archived = null);
