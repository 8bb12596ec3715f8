using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pacil.Workspaces;

/// <summary>Writes a role in JSON as "viewer", "editor", "manager" or "owner".</summary>
internal sealed class RoleName() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower);
