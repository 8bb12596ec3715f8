using System.Text.Json.Serialization;

namespace Pacil.Workspaces;

/// <summary>What a member may do; each may all that the ones before may.</summary>
[JsonConverter(typeof(RoleName))]
internal enum Role
{
    /// <summary>See everything, and talk.</summary>
    Viewer = 1,

    /// <summary>Change what there is.</summary>
    Editor = 2,

    /// <summary>Manage people, and purge.</summary>
    Manager = 3,

    /// <summary>Give the workspace away or close it.</summary>
    Owner = 4,
}
