using Pacil.Web.OpenApi;

namespace Pacil.Workspaces;

/// <summary>The request body of a role change. Only the API description uses this type.</summary>
[Example("""{"role": "editor"}""")]
internal sealed record MemberBody(string Role);
