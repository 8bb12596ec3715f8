using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Workspaces;

/// <summary>In JSON, "viewer" … "owner".</summary>
internal sealed class RoleName() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower);
